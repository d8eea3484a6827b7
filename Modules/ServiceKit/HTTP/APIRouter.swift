import HTTPTypes

/// Where a plugin declares its routes.
///
/// A route says in data what it takes, and the router checks it before the
/// handler runs: unknown, missing and wrong parameters, the media type and the
/// length of the body. A handler therefore reads parameters without checking
/// them, and throws ``Problem`` for what only it can know.
///
///     api.get("/v1/regions/{code}", summary: "One region", permission: .readRegistry) { request in
///         let code = try request.path("code")
///         guard let region = try await regions.find(code) else {
///             throw Problem.notFound("region", zh: "区域", code)
///         }
///         return try .json(region)
///     }
///
/// A parameter of the path is a whole segment (`{code}`) or the rest of one
/// after a fixed beginning (`O{number}`), so that two plugins may share a
/// collection and tell its members apart by their prefix.
public final class APIRouter {
    /// A handler of a route: takes the checked request, gives the answer.
    public typealias Handler = @Sendable (APIRequest) async throws -> APIResponse

    /// The routes in the order of their declaration.
    public private(set) var routes: [Route] = []

    /// Makes an empty router.
    public init() {}

    /// Declares a route that reads; HEAD is answered as well.
    public func get(
        _ path: String,
        summary: String,
        permission: Permission,
        parameters: [Parameter] = [],
        query: [Parameter] = [],
        handler: @escaping Handler
    ) {
        add(.get, path, summary, permission, parameters, query, accepts: [], bodyLimit: nil, handler)
    }

    /// Declares a route that makes or starts something.
    ///
    /// - Parameters:
    ///   - path: The path with parameters in braces.
    ///   - summary: What it does, in one line.
    ///   - permission: What it asks of its caller; a route for anybody says `.public`.
    ///   - parameters: Kinds of the path's parameters that are not just text.
    ///   - query: The parameters of the query; others are refused.
    ///   - accepts: Media types of the body; others are refused. Empty: the route takes no body.
    ///   - bodyLimit: The longest body in bytes; `nil` leaves it to the host's configuration (1 MiB).
    ///   - handler: What answers.
    public func post(
        _ path: String,
        summary: String,
        permission: Permission,
        parameters: [Parameter] = [],
        query: [Parameter] = [],
        accepts: [String] = ["application/json"],
        bodyLimit: Int? = nil,
        handler: @escaping Handler
    ) {
        add(.post, path, summary, permission, parameters, query, accepts: accepts, bodyLimit: bodyLimit, handler)
    }

    /// Declares a route that replaces; see ``post(_:summary:permission:parameters:query:accepts:bodyLimit:handler:)``.
    public func put(
        _ path: String,
        summary: String,
        permission: Permission,
        parameters: [Parameter] = [],
        query: [Parameter] = [],
        accepts: [String] = ["application/json"],
        bodyLimit: Int? = nil,
        handler: @escaping Handler
    ) {
        add(.put, path, summary, permission, parameters, query, accepts: accepts, bodyLimit: bodyLimit, handler)
    }

    /// Declares a route that removes.
    public func delete(
        _ path: String,
        summary: String,
        permission: Permission,
        parameters: [Parameter] = [],
        query: [Parameter] = [],
        handler: @escaping Handler
    ) {
        add(.delete, path, summary, permission, parameters, query, accepts: [], bodyLimit: nil, handler)
    }

    private func add(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ summary: String,
        _ permission: Permission,
        _ parameters: [Parameter],
        _ query: [Parameter],
        accepts: [String],
        bodyLimit: Int?,
        _ handler: @escaping Handler
    ) {
        let declared = Dictionary(parameters.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let names = Route.names(in: path)
        precondition(path.hasPrefix("/"), "\(path): a path starts with /")
        precondition(
            Set(names).isSuperset(of: declared.keys),
            "\(path) has no parameter \(Set(declared.keys).subtracting(names).sorted())"
        )
        routes.append(
            Route(
                method: method,
                path: path,
                summary: summary,
                permission: permission,
                pathParameters: names.map { declared[$0] ?? Parameter($0, .text, "", isRequired: true) },
                query: query,
                accepts: accepts,
                bodyLimit: bodyLimit,
                handler: handler
            )
        )
    }
}
