public import DomainModel
public import HTTPTypes
import NIOCore
public import Storage

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
        return .bytes(try JSON.encode(sealed), contentType: jsonType)
    }

    /// A page of documents as JSON, its cursor bound to the request.
    ///
    /// - Parameters:
    ///   - page: The page; its `next` is the place that ``APIRequest/after`` gives back.
    ///   - request: What it answers.
    /// - Returns: The answer, of the same bytes as ``page(_:for:)`` of the records.
    public static func page<Record>(_ page: DocumentPage<Record>, for request: APIRequest) -> APIResponse {
        var buffer = ByteBuffer()
        buffer.reserveCapacity(page.items.count + 160)
        buffer.writeStaticString(#"{"items":"#)
        buffer.writeBytes(page.items)
        // A cursor is base64url: nothing in it is escaped.
        if let next = page.next { buffer.writeString(#","next":"\#(request.cursor(next))""#) }
        if let total = page.total { buffer.writeString(#","total":\#(total)"#) }
        buffer.writeStaticString("}")
        return .bytes(buffer, contentType: jsonType)
    }

    /// A record's document as JSON.
    ///
    /// - Returns: The answer, of the same bytes as ``json(_:status:headers:)`` of the record.
    public static func json<Record>(_ document: Document<Record>) -> APIResponse {
        .bytes(ByteBuffer(bytes: document.bytes), contentType: jsonType)
    }

    /// A value that is JSON already, as ``json(_:status:headers:)`` would write it.
    public static func json(bytes: [UInt8], headers: HTTPFields = [:]) -> APIResponse {
        .bytes(ByteBuffer(bytes: bytes), contentType: jsonType, headers: headers)
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
