import AuditTrail
import HTTPTypes
import Logging
import PostgresClient
import Synchronization

/// Answers requests that carry an idempotency key.
final class KeyedRequests: Sendable {
    private struct Running: Hashable {
        let principal: String
        let key: IdempotencyKey
    }

    private let database: PostgresPool
    private let keptFor: Int
    let secret: AuditKey?
    private let running = Mutex<Set<Running>>([])

    /// Keeps answers in a database.
    ///
    /// - Parameters:
    ///   - database: Where they are kept.
    ///   - keptFor: How long, in seconds.
    ///   - secret: What fingerprints of requests are made with, where the host has a key.
    init(database: PostgresPool, keptFor: Int, secret: AuditKey?) {
        self.database = database
        self.keptFor = keptFor
        self.secret = secret
    }

    /// The request's key, if it carries one and its method is not repeatable by itself.
    ///
    /// - Throws: ``Problem`` `IDEMPOTENCY_KEY_INVALID`.
    func keyed(_ request: APIRequest, target: String) throws -> KeyedRequest? {
        guard request.route.method == .post || request.route.method == .patch,
            let value = request.headers[.idempotencyKey]
        else { return nil }
        return KeyedRequest(
            try IdempotencyKey(value),
            of: request.principal,
            request.route.method,
            target,
            keptFor: keptFor,
            secret: secret
        )
    }

    /// Lets the handler answer, or gives the answer of the first time.
    ///
    /// - Throws: What the handler throws; ``Problem``: `REQUEST_IN_FLIGHT`, `IDEMPOTENCY_KEY_REUSED`,
    ///   `OUTCOME_UNKNOWN`.
    func answer(
        _ keyed: KeyedRequest,
        _ logger: Logger,
        _ handler: () async throws -> APIResponse
    ) async throws -> APIResponse {
        let mark = Running(principal: keyed.principal, key: keyed.key)
        guard running.withLock({ $0.insert(mark).inserted }) else { throw Problem.inFlight(keyed.key) }
        defer { running.withLock { _ = $0.remove(mark) } }
        do {
            let response = try await handler()
            guard response.status.kind == .successful, !keyed.isAnswered else { return response }
            // What may be stored nowhere leaves no trace of what was asked either.
            if response.headers[.cacheControl] == "no-store" { return response }
            do {
                // The write did not give its answer, or nothing was written.
                try await database.withTransaction { connection in
                    try await keyed.claim(on: connection)
                    try await keyed.keep(response, on: connection)
                }
            } catch let error as PostgresError {
                // What was asked for has been done: that the answer is not kept must not make it a failure.
                logger.warning("an answer could not be kept", metadata: ["error": "\(error)"])
            }
            return response
        } catch let replay as KeyedRequest.Replay {
            return APIResponse(replay)
        }
    }
}
