public import HTTPTypes

/// A route as data: what the documentation of the API is made from.
public struct Route: Sendable {
    /// The method.
    public let method: HTTPRequest.Method
    /// The path with its parameters in braces: `/v1/regions/{code}`.
    public let path: String
    /// What it does, in one line.
    public let summary: String
    /// The parameters of the path, in order.
    public let pathParameters: [Parameter]
    /// The parameters of the query.
    public let query: [Parameter]
    /// The media types that a body may have; empty when the route takes none.
    public let accepts: [String]
    /// The longest body, in bytes; `nil` leaves it to the host's configuration.
    public let bodyLimit: Int?

    let handler: @Sendable (APIRequest) async throws -> APIResponse

    /// The segments of the path.
    var segments: [Substring] { path.split(separator: "/") }

    /// Names between braces, in order.
    static func names(in path: String) -> [String] {
        path.split(separator: "/").compactMap { segment in
            guard let open = segment.firstIndex(of: "{"), segment.last == "}" else { return nil }
            return String(segment[open...].dropFirst().dropLast())
        }
    }

    /// Whether a path of a request is of this template.
    func matches(_ path: String) -> Bool {
        let given = path.split(separator: "/")
        guard given.count == segments.count else { return false }
        return zip(segments, given).allSatisfy { template, segment in
            guard let open = template.firstIndex(of: "{") else { return template == segment }
            return segment.hasPrefix(template[..<open]) && segment.count > template[..<open].count
        }
    }

    /// The template with unnamed parameters: two routes of the same shape cannot be told apart.
    var shape: String {
        segments
            .map { segment in
                guard let open = segment.firstIndex(of: "{") else { return String(segment) }
                return segment[..<open] + "{}"
            }
            .joined(separator: "/")
    }
}
