import HTTPTypes
import Hummingbird
import NIOCore

/// Answers a request with the handler of its route, inside the middleware.
final class RouteResponder: HTTPResponder {
    private let table: RouteTable
    private let middleware: RequestMiddleware
    private let access: AccessCheck
    private let configuration: HostConfiguration
    private let fields: FieldRules
    private let keyedRequests: KeyedRequests
    private let deferral: Deferral
    private let deadlines: RequestDeadlines
    private let rate: RateLimit?

    init(
        table: RouteTable,
        middleware: RequestMiddleware,
        access: AccessCheck,
        configuration: HostConfiguration,
        fields: FieldRules,
        keyedRequests: KeyedRequests,
        deferral: Deferral,
        deadlines: RequestDeadlines,
        rate: RateLimit?
    ) {
        self.table = table
        self.middleware = middleware
        self.access = access
        self.configuration = configuration
        self.fields = fields
        self.keyedRequests = keyedRequests
        self.deferral = deferral
        self.deadlines = deadlines
        self.rate = rate
    }

    @Sendable func respond(to request: Request, context: PlatformContext) async throws -> Response {
        try await middleware.handle(request, context: context) { request, context in
            guard let (route, values) = table.find(request.method, request.uri.path) else {
                throw HTTPError(.notFound)
            }
            context.coreContext.endpointPath.value = route.path
            let admission = try await admit(request, to: route, context)
            var checked = try route.check(
                request,
                context,
                values,
                bodyLimit: configuration.bodyBytes,
                admission: admission
            )
            checked.trace = context.trace
            checked.unpacking = try BodyUnpacking(request.headers, ratio: configuration.inflationRatio)
            let decision =
                HealthRoutes.paths.contains(route.path) ? nil : rate?.take(identity(checked, context))
            if let rate, let decision, !decision.isAdmitted { throw rate.problem(decision) }
            let admitted = checked
            var response = try await deadlines.run { deadline in
                var timed = admitted
                timed.deadline = deadline
                return try await self.answer(timed, context)
            }
            if let rate, let decision { response.headers.append(contentsOf: rate.fields(decision)) }
            let packed = await packed(response, request.headers)
            let whole = try await packed.response(request, context)
            return request.method == .head ? whole.createHeadResponse() : whole
        }
    }

    /// Long answers are packed off the event loop, where they would hold up other connections.
    private func packed(_ response: APIResponse, _ headers: HTTPFields) async -> APIResponse {
        let minimum = configuration.compressionBytes
        guard headers[.acceptEncoding] != nil, case .bytes(let bytes) = response.body, bytes.readableBytes > 65_536
        else { return response.packed(for: headers, minimum: minimum) }
        return await withTaskExecutorPreference(globalConcurrentExecutor) {
            response.packed(for: headers, minimum: minimum)
        }
    }

    /// Lets a caller in. One who is not known takes from the bucket of their address, so that guessing has a price.
    private func admit(
        _ request: Request,
        to route: Route,
        _ context: PlatformContext
    ) async throws -> AccessCheck.Admission {
        do {
            return try await access.admit(request.headers, to: route)
        } catch let problem as Problem where problem.code.status == 401 {
            let decision = rate?.take(context.remoteAddress?.ipAddress ?? "local")
            if let rate, let decision, !decision.isAdmitted { throw rate.problem(decision) }
            throw problem
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
            return try Preconditions.settle(try await look(request), request.headers)
        }
        return try await withTaskExecutorPreference(globalConcurrentExecutor) {
            try await change(request, context)
        }
    }

    private func change(_ request: APIRequest, _ context: PlatformContext) async throws -> APIResponse {
        if request.route.matching == .byHost {
            try await Preconditions.check(request.headers) { try await currentTag(request, context) }
        }
        var response = try await changed(request)
        // Some routes answer before all is done whatever the sender prefers.
        if response.status == .accepted, Preferences(request.headers).respondsAsync {
            response.headers[.preferenceApplied] = "respond-async"
        }
        return response
    }

    private func changed(_ request: APIRequest) async throws -> APIResponse {
        let target = "\(request.path)?\(request.incoming.uri.query ?? "")"
        guard let keyed = try keyedRequests.keyed(request, target: target) else { return try await taken(request) }
        var request = request
        request.keyed = keyed
        return try await keyedRequests.answer(keyed, request.logger) { try await taken(request) }
    }

    /// Answers now, or takes the request for later.
    private func taken(_ request: APIRequest) async throws -> APIResponse {
        if deferral.isWanted(request) { return try await deferral.take(request) }
        return try await RouteContract.answer(request.route, request)
    }

    /// What a route that reads answers, with the members that the caller chose.
    private func look(_ request: APIRequest) async throws -> APIResponse {
        guard let selection = try fields.selection(for: request) else {
            return try await RouteContract.answer(request.route, request)
        }
        let whole = try await RouteContract.answer(request.route, request)
        return try fields.apply(selection, to: whole, of: request.route)
    }

    /// The tag of what GET answers at the path of a change; `nil` when there is nothing.
    private func currentTag(_ request: APIRequest, _ context: PlatformContext) async throws -> EntityTag? {
        guard let (route, values) = table.find(.get, request.path) else { return nil }
        var head = HTTPRequest(method: .get, scheme: nil, authority: nil, path: request.path)
        head.headerFields[.acceptLanguage] = request.headers[.acceptLanguage]
        let look = Request(head: head, body: RequestBody(buffer: ByteBuffer()))
        do {
            // Whoever may change a record without reading it cannot learn its tag.
            let admission = try await access.admit(request.headers, to: route)
            let checked = try route.check(
                look,
                context,
                values,
                bodyLimit: configuration.bodyBytes,
                admission: admission
            )
            return try await RouteContract.answer(route, checked).entityTag
        } catch let problem as Problem
            where [ProblemCode.notFound, .parameterInvalid, .permissionDenied].contains(problem.code)
        {
            return nil
        }
    }
}
