public import HTTPTypes

/// A route as data: what the documentation of the API is made from.
public struct Route: Sendable {
    /// The method.
    public let method: HTTPRequest.Method
    /// The path with its parameters in braces: `/v1/regions/{code}`.
    public let path: String
    /// What it does, in one line.
    public let summary: String
    /// What it asks of its caller.
    public let permission: Permission
    /// The parameters of the path, in order.
    public let pathParameters: [Parameter]
    /// The parameters of the query.
    public let query: [Parameter]
    /// The media types that a body may have; empty when the route takes none.
    public let accepts: [String]
    /// The longest body, in bytes; `nil` leaves it to the host's configuration.
    public let bodyLimit: Int?

    let handler: @Sendable (APIRequest) async throws -> APIResponse

    /// Names between braces, in order.
    static func names(in path: String) -> [String] {
        path.split(separator: "/").compactMap { segment in
            guard let open = segment.firstIndex(of: "{"), segment.last == "}" else { return nil }
            return String(segment[open...].dropFirst().dropLast())
        }
    }
}
