import HTTPTypes
import Hummingbird
import NIOCore

/// Answers a request with the handler of its route, inside the middleware.
struct RouteResponder: HTTPResponder {
    let table: RouteTable
    let middleware: RequestMiddleware
    /// The longest body where a route sets no limit.
    let bodyLimit: Int
    let keyedRequests: KeyedRequests

    @Sendable func respond(to request: Request, context: PlatformContext) async throws -> Response {
        try await middleware.handle(request, context: context) { request, context in
            guard let (route, values) = table.find(request.method, request.uri.path) else {
                throw HTTPError(.notFound)
            }
            context.coreContext.endpointPath.value = route.path
            let checked = try route.check(request, context, values, bodyLimit: bodyLimit)
            let response = try await answer(checked, context).response(request, context)
            return request.method == .head ? response.createHeadResponse() : response
        }
    }

    /// Reads are answered on the connection's event loop; what changes something may compute for long (hashing, parsing,
    /// assessing), and would hold up the other connections of the loop there.
    private func answer(_ request: APIRequest, _ context: PlatformContext) async throws -> APIResponse {
        if request.route.method == .get {
            return try Preconditions.settle(try await request.route.handler(request), request.headers)
        }
        return try await withTaskExecutorPreference(globalConcurrentExecutor) {
            try await change(request, context)
        }
    }

    private func change(_ request: APIRequest, _ context: PlatformContext) async throws -> APIResponse {
        try await Preconditions.check(request.headers) { try await currentTag(request, context) }
        let target = "\(request.path)?\(request.incoming.uri.query ?? "")"
        guard let keyed = try keyedRequests.keyed(request, target: target) else {
            return try await request.route.handler(request)
        }
        var request = request
        request.keyed = keyed
        return try await keyedRequests.answer(keyed, request.logger) { try await request.route.handler(request) }
    }

    /// The tag of what GET answers at the path of a change; `nil` when there is nothing.
    private func currentTag(_ request: APIRequest, _ context: PlatformContext) async throws -> EntityTag? {
        guard let (route, values) = table.find(.get, request.path) else { return nil }
        var head = HTTPRequest(method: .get, scheme: nil, authority: nil, path: request.path)
        head.headerFields[.acceptLanguage] = request.headers[.acceptLanguage]
        let look = Request(head: head, body: RequestBody(buffer: ByteBuffer()))
        do {
            let checked = try route.check(look, context, values, bodyLimit: bodyLimit)
            return try await route.handler(checked).entityTag
        } catch let problem as Problem where [ProblemCode.notFound, .parameterInvalid].contains(problem.code) {
            return nil
        }
    }
}
