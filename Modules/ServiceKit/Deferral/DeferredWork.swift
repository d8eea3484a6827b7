import DomainModel
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import PostgresClient
import Storage

/// Does requests that were taken for later: runs the handler of their route as if they came now, in the name of who
/// sent them and with what they may do now.
///
/// A job may be begun more than once. Effect and answer are kept under a key of the operation's own, as those of a
/// request with an `Idempotency-Key`, so that there is one of each.
struct DeferredWork: Sendable {
    let database: PostgresPool
    let clock: PlatformClock
    let routes: DeferredRoutes
    let keyed: KeyedRequests
    let keptFor: Int
    let bodyLimit: Int

    private static let maximumAttempts = 5

    /// What works on the operations of a plugin.
    func handler(of plugin: String) -> JobHandler {
        JobHandler(DeferredRoutes.kind(plugin), maximumAttempts: Self.maximumAttempts, concurrency: 2) { job in
            let order = try await database.withConnection { try await OperationStore($0).order(job.lease.id) }
            guard let order else { throw JobFailure("the request of operation \(job.lease.id) is gone") }
            do {
                try await answer(order, job)
            } catch let error where error.verdict != nil {
                guard let problem = error.verdict else { throw error }
                try await database.withTransaction { connection in
                    try await fail(order, with: problem, job, on: connection)
                    try await job.complete(on: connection)
                }
            }
        }
        .whenAbandoned { abandoned in
            guard case .failed = abandoned.reason else { return }
            let id = abandoned.job.lease.id
            try await database.withTransaction { connection in
                let problem = Problem(
                    .internalFault,
                    "The service failed on operation \(id) again and again.",
                    zh: "服务多次处理操作 \(id) 均告失败。"
                )
                if let order = try await OperationStore(connection).order(id) {
                    try await fail(order, with: problem, abandoned.job, on: connection)
                }
                try await abandoned.record(on: connection)
            }
        }
    }

    private func answer(_ order: OperationStore.Order, _ job: JobContext) async throws {
        let path = String(order.target.prefix { $0 != "?" })
        guard let (route, values) = routes.find(path) else {
            throw Problem(.routeNotFound, "There is no path \(path).", zh: "没有路径 \(path)。")
        }
        var head = HTTPRequest(method: .post, scheme: nil, authority: nil, path: order.target)
        head.headerFields[.contentType] = order.mediaType
        let incoming = Request(head: head, body: RequestBody(buffer: ByteBuffer(bytes: order.body)))
        var logger = job.logger
        logger[metadataKey: "request_id"] = .string(order.requestID)
        var request = try route.check(
            incoming,
            id: order.requestID,
            language: Language(rawValue: order.language) ?? .en,
            logger: logger,
            values,
            bodyLimit: bodyLimit,
            admission: try await admit(order, to: route)
        )
        let keyed = KeyedRequest(
            try IdempotencyKey(OperationStore.answerKey),
            of: Principal(id: OperationStore.answerOwner(job.lease.id)),
            .post,
            order.target,
            keptFor: keptFor,
            secret: keyed.secret
        )
        request.keyed = keyed
        request.trace = job.trace
        request.meter = ProgressMeter(job)
        let whole = request
        _ = try await self.keyed.answer(keyed, logger) { try await RouteContract.answer(route, whole) }
    }

    /// Lets the sender in again: what was taken from them meanwhile is no longer theirs.
    private func admit(_ order: OperationStore.Order, to route: Route) async throws -> AccessCheck.Admission {
        let now = clock.now
        let authority = try await database.withConnection { connection in
            let person = try await PrincipalStore(connection).find(order.principal)
            let isKnown = person.map { !$0.isDisabled } ?? false
            return Authority(
                principal: order.principal,
                permissions: isKnown ? try await GrantStore(connection).permissions(of: order.principal, at: now) : [:],
                tokenScope: order.scope.map(Set.init)
            )
        }
        guard let regions = authority.regions(for: route.permission) else {
            throw Problem.denied(route.permission, to: authority)
        }
        return AccessCheck.Admission(
            principal: Principal(id: order.principal, regions: regions),
            authority: authority
        )
    }

    private func fail(
        _ order: OperationStore.Order,
        with problem: Problem,
        _ job: JobContext,
        on connection: PostgresConnection
    ) async throws {
        let body = ProblemBody(
            problem: problem,
            language: Language(rawValue: order.language) ?? .en,
            instance: String(order.target.prefix { $0 != "?" }),
            requestID: order.requestID
        )
        try await OperationStore(connection)
            .fail(job.lease.id, problem: Array(try JSON.encode(body).readableBytesView))
    }
}

extension Error {
    /// The problem that a sender is told for good; `nil` when another attempt may mend it.
    fileprivate var verdict: Problem? {
        let problem = self as? Problem ?? (self as? any ProblemConvertible)?.problem
        guard let problem, problem.code.status < 500 else { return nil }
        return problem.code == .requestInFlight || problem.code == .tooManyRequests ? nil : problem
    }
}
