public import DomainModel
public import HTTPTypes

extension APIResponse {
    /// A page of a list as JSON, its cursor bound to the request.
    ///
    /// - Parameters:
    ///   - page: The page; its `next` is the place that ``APIRequest/after`` gives back.
    ///   - request: What it answers.
    /// - Returns: The answer.
    /// - Throws: `EncodingError` when an item has no JSON form.
    public static func page<Item>(_ page: Page<Item>, for request: APIRequest) throws -> APIResponse {
        let sealed = Page(items: page.items, next: page.next.map(request.cursor), total: page.total)
        return .bytes(try JSON.encode(sealed), contentType: "application/json; charset=utf-8")
    }

    /// Pages are answered with ``page(_:for:)``: their cursors belong to their requests.
    @available(*, unavailable, message: "answer with .page(_:for:), which binds the cursor to the request")
    public static func json<Item>(
        _ page: Page<Item>,
        status: HTTPResponse.Status = .ok,
        headers: HTTPFields = [:]
    ) throws -> APIResponse {
        try .bytes(JSON.encode(page), contentType: "application/json", status: status, headers: headers)
    }
}
