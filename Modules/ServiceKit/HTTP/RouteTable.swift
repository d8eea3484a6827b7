import DomainModel
import HTTPTypes
import Hummingbird
import Logging
import PostgresClient

/// The routes of a host: finds the one for a request, and knows what to say when there is none.
struct RouteTable: Sendable {
    /// Methods that are metric labels; a caller may invent others.
    static let methods: Set<HTTPRequest.Method> = [.get, .head, .post, .put, .delete, .options, .patch]

    private let shelves: RouteShelves
    private let paths: Set<String>

    /// Gathers the routes of all plugins.
    ///
    /// - Throws: ``HostError/routeConflict(_:_:)`` when two of them cannot be told apart.
    init(_ routes: [Route]) throws {
        var seen: [String: Route] = [:]
        let patterns = routes.map(RoutePattern.init)
        for pattern in patterns {
            let key = "\(pattern.route.method.rawValue) \(pattern.shape)"
            if let other = seen[key] { throw HostError.routeConflict(other.path, pattern.route.path) }
            seen[key] = pattern.route
        }
        shelves = RouteShelves(patterns)
        self.paths = Set(routes.map(\.path))
    }

    /// Whether a path is one of the templates.
    func isKnown(_ path: String?) -> Bool { path.map(paths.contains) ?? false }

    /// The route for a request; HEAD is answered by GET's.
    ///
    /// The most specific template decides what a path names, whatever its methods: where `/v1/talents/export` is a
    /// template, nobody changes a record of that key.
    func find(_ method: HTTPRequest.Method, _ path: String) -> (route: Route, values: [Substring])? {
        let (patterns, values) = resource(path)
        let method = method == .head ? .get : method
        return patterns.first { $0.route.method == method }.map { ($0.route, values) }
    }

    /// The methods that a path takes, HEAD among them.
    func allowedMethods(of path: String) -> Set<String> {
        let declared = Set(resource(path).patterns.map(\.route.method.rawValue))
        return declared.contains("GET") ? declared.union(["HEAD"]) : declared
    }

    /// The patterns of the most specific template that a path matches, and the values of its parameters.
    private func resource(_ path: String) -> (patterns: ArraySlice<RoutePattern>, values: [Substring]) {
        let segments = RoutePattern.segments(of: path)
        let patterns = shelves.patterns(for: segments)
        for (index, pattern) in patterns.enumerated() {
            guard let values = pattern.match(segments) else { continue }
            let end = patterns[index...].firstIndex { $0.segments != pattern.segments } ?? patterns.endIndex
            return (patterns[index..<end], values)
        }
        return ([], [])
    }

    /// What the caller is told about an error.
    func problem(for error: any Error, _ request: Request, _ context: PlatformContext) -> Problem {
        switch error {
        case let problem as Problem:
            return problem
        case let error as any ProblemConvertible where error.problem != nil:
            var problem = error.problem ?? Problem(.internalFault, "", zh: "")
            problem.underlying = error
            return problem
        case let error as PostgresError where error.sqlState == .diskFull:
            var problem = Problem(.storageFull, "The database has no space left.", zh: "数据库没有剩余空间。")
            problem.underlying = error
            return problem
        case let error as PostgresError where error.isUnavailable:
            var problem = Problem(
                .databaseUnavailable,
                "The database cannot be reached at the moment.",
                zh: "暂时无法连接数据库。"
            )
            .retry(afterSeconds: 2)
            problem.underlying = error
            return problem
        case let error as PostgresError where error.code == .timeout:
            var problem = Problem(
                .deadlineExceeded,
                "A statement took longer than the database may take for one.",
                zh: "有一条语句超过了数据库的时限。"
            )
            problem.underlying = error
            return problem
        case is SlowSender:
            return Problem(
                .senderTooSlow,
                "The body came slower than this service waits for.",
                zh: "请求体发送过慢。"
            )
        case let error as any HTTPResponseError where error.status == .notFound:
            return unmatched(request)
        case let error as any HTTPResponseError where error.status.code < 500:
            return Problem(
                error.status == .contentTooLarge ? .bodyTooLong : .requestMalformed,
                "The request cannot be read.",
                zh: "无法读取请求。"
            )
        default:
            var problem = Problem(
                .internalFault,
                "The service failed; request id \(context.requestID).",
                zh: "服务发生故障，请求编号 \(context.requestID)。"
            )
            problem.underlying = error
            return problem
        }
    }

    /// 405 with `Allow` when the path is of another method's template, else 404.
    private func unmatched(_ request: Request) -> Problem {
        let path = request.uri.path
        let allowed = allowedMethods(of: path)
        if allowed.contains(request.method.rawValue) {
            // The route matched, and the file behind it is gone.
            return Problem(.notFound, "There is nothing at \(path).", zh: "\(path) 处没有内容。")
        }
        if allowed.isEmpty {
            return Problem(.routeNotFound, "There is no path \(path).", zh: "没有路径 \(path)。")
        }
        let list = allowed.sorted().joined(separator: ", ")
        var problem = Problem(
            .methodNotAllowed,
            "\(path) takes \(list), not \(request.method.rawValue).",
            zh: "\(path) 支持 \(list)，不支持 \(request.method.rawValue)。"
        )
        problem.headers[.allow] = list
        return problem
    }
}
