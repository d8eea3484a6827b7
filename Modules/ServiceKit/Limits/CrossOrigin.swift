import HTTPTypes
import Hummingbird

/// Lets pages of other origins use the API, by an allow-list; off unless configured.
///
/// Credentials of the browser are never allowed: callers show a token of their own. Source: Fetch Standard §3.2.
struct CrossOrigin: Sendable {
    private let origins: Set<String>

    /// Allows these origins (`https://stat.example.cn`), or all by `*`; `nil` for none.
    init?(_ origins: [String]) {
        guard !origins.isEmpty else { return nil }
        self.origins = Set(origins)
    }

    private func isAllowed(_ origin: String) -> Bool { origins.contains("*") || origins.contains(origin) }

    /// Whether the request only asks what it may do.
    static func isPreflight(_ request: Request) -> Bool {
        request.method == .options && request.headers[.origin] != nil
            && request.headers[.accessControlRequestMethod] != nil
    }

    /// The answer to a preflight, before ``allow(_:_:)`` names the origin.
    ///
    /// - Parameter methods: What the path takes.
    /// - Returns: 204.
    func preflight(_ methods: Set<String>) -> Response {
        Response(
            status: .noContent,
            headers: [
                .accessControlAllowMethods: methods.sorted().joined(separator: ", "),
                .accessControlAllowHeaders: """
                Authorization, Content-Type, Content-Encoding, Accept-Language, Idempotency-Key, If-Match, If-None-Match, \
                X-Request-ID, traceparent, tracestate
                """,
                .accessControlMaxAge: "600",
                .vary: "Origin, Access-Control-Request-Method, Access-Control-Request-Headers",
            ]
        )
    }

    /// Names the origin in the answer if it is allowed.
    func allow(_ request: Request, _ headers: inout HTTPFields) {
        headers.vary(by: "Origin")
        guard let origin = request.headers[.origin], isAllowed(origin) else { return }
        headers[.accessControlAllowOrigin] = origins.contains("*") ? "*" : origin
        headers[.accessControlExposeHeaders] = """
            ETag, Location, Link, Retry-After, X-Request-ID, Idempotency-Replayed, RateLimit, \
            RateLimit-Policy
            """
    }
}
