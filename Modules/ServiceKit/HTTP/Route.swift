public import HTTPTypes

/// A route as data: what requests are checked against, and what `/openapi.json` is made from.
public struct Route: Sendable {
    /// The method.
    public let method: HTTPRequest.Method
    /// The path with its parameters in braces: `/v1/regions/{code}`.
    public let path: String
    /// What it does, in one line of English.
    public let summary: String
    /// The same in Chinese.
    public let summaryZh: String
    /// What it asks of its caller.
    public let permission: Permission
    /// The parameters of the path, in order.
    public let pathParameters: [Parameter]
    /// The parameters of the query.
    public let query: [Parameter]
    /// What body it takes.
    public let body: Body
    /// The longest body, in bytes; `nil` leaves it to the host's configuration.
    public let bodyLimit: Int?
    /// Whether it may take so long that a sender may prefer to be answered later: `Prefer: respond-async`.
    public let isLong: Bool
    /// Everything that the handler answers when all is well.
    public let answers: [Answer]
    /// The problems that the handler throws, beside those that every route of its kind may answer.
    public let problems: [ProblemCode]

    let handler: @Sendable (APIRequest) async throws -> APIResponse

    /// The media types that a body may have; empty when the route takes none.
    public var accepts: [String] { body.mediaTypes }

    /// Names between braces, in order.
    static func names(in path: String) -> [String] {
        path.split(separator: "/").compactMap { segment in
            guard let open = segment.firstIndex(of: "{"), segment.last == "}" else { return nil }
            return String(segment[open...].dropFirst().dropLast())
        }
    }
}
