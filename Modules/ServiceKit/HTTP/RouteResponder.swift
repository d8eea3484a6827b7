import HTTPTypes
import Hummingbird
import NIOCore

/// Answers a request with the handler of its route, inside the middleware.
struct RouteResponder: HTTPResponder {
    let table: RouteTable
    let middleware: RequestMiddleware
    let configuration: HostConfiguration
    let keyedRequests: KeyedRequests
    let deadlines: RequestDeadlines
    let rate: RateLimit?

    @Sendable func respond(to request: Request, context: PlatformContext) async throws -> Response {
        try await middleware.handle(request, context: context) { request, context in
            guard let (route, values) = table.find(request.method, request.uri.path) else {
                throw HTTPError(.notFound)
            }
            context.coreContext.endpointPath.value = route.path
            var checked = try route.check(request, context, values, bodyLimit: configuration.bodyBytes)
            checked.trace = context.trace
            checked.unpacking = try BodyUnpacking(request.headers, ratio: configuration.inflationRatio)
            let decision =
                HealthRoutes.paths.contains(route.path) ? nil : rate?.take(identity(checked, context))
            if let rate, let decision, !decision.isAdmitted { throw rate.problem(decision) }
            let admitted = checked
            var response = try await deadlines.run { deadline in
                var timed = admitted
                timed.deadline = deadline
                return try await answer(timed, context)
            }
            if let rate, let decision { response.headers.append(contentsOf: rate.fields(decision)) }
            let packed = response.packed(for: request.headers, minimum: configuration.compressionBytes)
            let whole = try await packed.response(request, context)
            return request.method == .head ? whole.createHeadResponse() : whole
        }
    }

    /// Whose bucket a request takes from.
    private func identity(_ request: APIRequest, _ context: PlatformContext) -> String {
        guard request.principal == .anonymous else { return request.principal.id }
        return context.remoteAddress?.ipAddress ?? "local"
    }

    /// Reads are answered on the connection's event loop; what changes something may compute for long (hashing, parsing,
    /// assessing), and would hold up the other connections of the loop there.
    private func answer(_ request: APIRequest, _ context: PlatformContext) async throws -> APIResponse {
        if request.route.method == .get {
            return try Preconditions.settle(try await RouteContract.answer(request.route, request), request.headers)
        }
        return try await withTaskExecutorPreference(globalConcurrentExecutor) {
            try await change(request, context)
        }
    }

    private func change(_ request: APIRequest, _ context: PlatformContext) async throws -> APIResponse {
        try await Preconditions.check(request.headers) { try await currentTag(request, context) }
        let target = "\(request.path)?\(request.incoming.uri.query ?? "")"
        guard let keyed = try keyedRequests.keyed(request, target: target) else {
            return try await RouteContract.answer(request.route, request)
        }
        var request = request
        request.keyed = keyed
        return try await keyedRequests.answer(keyed, request.logger) {
            try await RouteContract.answer(request.route, request)
        }
    }

    /// The tag of what GET answers at the path of a change; `nil` when there is nothing.
    private func currentTag(_ request: APIRequest, _ context: PlatformContext) async throws -> EntityTag? {
        guard let (route, values) = table.find(.get, request.path) else { return nil }
        var head = HTTPRequest(method: .get, scheme: nil, authority: nil, path: request.path)
        head.headerFields[.acceptLanguage] = request.headers[.acceptLanguage]
        let look = Request(head: head, body: RequestBody(buffer: ByteBuffer()))
        do {
            let checked = try route.check(look, context, values, bodyLimit: configuration.bodyBytes)
            return try await RouteContract.answer(route, checked).entityTag
        } catch let problem as Problem where [ProblemCode.notFound, .parameterInvalid].contains(problem.code) {
            return nil
        }
    }
}
