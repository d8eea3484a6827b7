public import HTTPTypes

/// A route as data: what requests are checked against, and what `/openapi.json` is made from.
///
/// A class, since each request carries its route along: a copy counts one reference, not one for each member.
public final class Route: Sendable {
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

    /// Who compares `If-Match` of a change with the present version.
    public let matching: Matching

    let handler: @Sendable (APIRequest) async throws -> APIResponse

    init(
        method: HTTPRequest.Method,
        path: String,
        summary: String,
        summaryZh: String,
        permission: Permission,
        pathParameters: [Parameter],
        query: [Parameter],
        body: Body,
        bodyLimit: Int?,
        isLong: Bool,
        answers: [Answer],
        problems: [ProblemCode],
        matching: Matching,
        handler: @escaping @Sendable (APIRequest) async throws -> APIResponse
    ) {
        self.method = method
        self.path = path
        self.summary = summary
        self.summaryZh = summaryZh
        self.permission = permission
        self.pathParameters = pathParameters
        self.query = query
        self.body = body
        self.bodyLimit = bodyLimit
        self.isLong = isLong
        self.answers = answers
        self.problems = problems
        self.matching = matching
        self.handler = handler
    }

    /// Who compares `If-Match` of a change with the present version.
    public enum Matching: Sendable {
        /// The host, before the handler runs: with the tag of what GET answers at the same path.
        case byHost
        /// The handler, in its transaction: see ``APIRequest/requireMatch(_:)``.
        case byHandler
    }

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
