import Hummingbird

/// Answers a request with the handler of its route, inside the middleware.
struct RouteResponder: HTTPResponder {
    let table: RouteTable
    let middleware: RequestMiddleware
    /// The longest body where a route sets no limit.
    let bodyLimit: Int

    @Sendable func respond(to request: Request, context: PlatformContext) async throws -> Response {
        try await middleware.handle(request, context: context) { request, context in
            guard let (route, values) = table.find(request.method, request.uri.path) else {
                throw HTTPError(.notFound)
            }
            context.coreContext.endpointPath.value = route.path
            let checked = try route.check(request, context, values, bodyLimit: bodyLimit)
            let response = try await route.handler(checked).response(request, context)
            return request.method == .head ? response.createHeadResponse() : response
        }
    }
}
