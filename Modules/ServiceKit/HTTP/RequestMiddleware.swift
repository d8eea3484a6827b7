import DomainModel
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1

/// What happens around every request: an id, one line in the log, two metrics, and errors as problem details.
///
/// The log line holds the method, the template of the path (never the path
/// itself, which may name a person), the status and the time until the
/// answer's head was ready. It does not hold who asked: the audit trail does,
/// under the same request id.
struct RequestMiddleware: Sendable {
    let routes: RouteTable
    let metrics: RequestMetrics
    let limit: ConcurrencyLimit
    let crossOrigin: CrossOrigin?
    let logger: Logger

    init(
        routes: RouteTable,
        metrics: PrometheusRegistry,
        limit: ConcurrencyLimit,
        crossOrigin: CrossOrigin? = nil,
        logger: Logger
    ) {
        self.routes = routes
        self.metrics = RequestMetrics(metrics)
        self.limit = limit
        self.crossOrigin = crossOrigin
        self.logger = logger
    }

    func handle(
        _ request: Request,
        context: PlatformContext,
        next: @concurrent (Request, PlatformContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        var context = context
        context.requestID = RequestIdentifier.accepted(request.headers[.requestID]) ?? RequestIdentifier.make()
        context.language = Language(acceptLanguage: request.headers[.acceptLanguage])
        context.logger = logger
        context.logger[metadataKey: "request_id"] = .string(context.requestID)
        context.trace = TraceContext(request.headers)
        context.logger[metadataKey: "trace_id"] = .string(context.trace.traceID)

        var response: Response
        var problem: Problem?
        do {
            try HostField.check(request.head)
            response = try await limit.admit(request) {
                if let crossOrigin, CrossOrigin.isPreflight(request) {
                    return crossOrigin.preflight(routes.allowedMethods(of: request.uri.path))
                }
                return try await next(request, context)
            }
        } catch let error as HTTPParserError {
            // The connection is beyond use: Hummingbird closes it.
            context.logger.info("the caller broke off", metadata: ["method": .string(request.method.rawValue)])
            throw error
        } catch {
            let found = routes.problem(for: error, request, context)
            problem = found
            response = try found.response(request, context)
        }
        response.headers[.requestID] = context.requestID
        crossOrigin?.allow(request, &response.headers)
        record(request, context, response.status, problem, ContinuousClock.now - start)
        return response
    }

    private func record(
        _ request: Request,
        _ context: PlatformContext,
        _ status: HTTPResponse.Status,
        _ problem: Problem?,
        _ duration: Duration
    ) {
        let route = routes.isKnown(context.endpointPath) ? context.endpointPath ?? "" : "unknown"
        let method = RouteTable.methods.contains(request.method) ? request.method.rawValue : "other"
        metrics.record(method: method, route: route, status: status.code, duration)

        var metadata: Logger.Metadata = [
            "method": .string(method), "route": .string(route), "status": .stringConvertible(status.code),
            "duration_ms": .stringConvertible(Double(duration.nanoseconds / 1_000) / 1_000),
        ]
        if let problem { metadata["code"] = .string(problem.code.id) }
        if let underlying = problem?.underlying {
            // The reflected error may hold the query and the server's message: for the log, never for the caller.
            metadata["error"] = .string(String(reflecting: underlying))
            context.logger.error("request failed", metadata: metadata)
        } else {
            context.logger.info("request", metadata: metadata)
        }
    }
}

extension Problem {
    /// The problem as an answer.
    func response(_ request: Request, _ context: PlatformContext) throws -> Response {
        let (headers, body) = try written(
            in: context.language,
            instance: request.uri.path,
            requestID: context.requestID
        )
        return Response(
            status: .init(code: code.status),
            headers: headers,
            body: ResponseBody(byteBuffer: body)
        )
    }

    /// Header fields and body of an answer in a language.
    func written(in language: Language, instance: String?, requestID: String) throws -> (HTTPFields, ByteBuffer) {
        let body = try JSON.encode(
            ProblemBody(problem: self, language: language, instance: instance, requestID: requestID)
        )
        var headers = headers
        headers[.contentType] = ProblemBody.mediaType
        headers[.contentLanguage] = language.rawValue
        headers[.contentLength] = String(body.readableBytes)
        headers[.vary] = "Accept-Language"
        headers[.cacheControl] = "no-store"
        return (headers, body)
    }
}

extension Duration {
    /// Whole nanoseconds; up to 292 years.
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}
