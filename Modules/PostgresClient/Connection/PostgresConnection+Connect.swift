import CLibPQ
public import Logging
import Synchronization

extension PostgresConnection {
    /// Makes a connection.
    ///
    /// - Parameters:
    ///   - configuration: Where to; the pool's settings are not used.
    ///   - logger: Gets messages of levels `debug` and `trace`.
    /// - Returns: An open connection; it closes when its last reference goes, or by ``close()``.
    /// - Throws: ``PostgresError``: `connection-failed` (its ``PostgresError/message`` is libpq's), `timeout` after
    ///   the connect timeout, `cancelled`.
    public static func connect(
        _ configuration: PostgresConfiguration,
        logger: Logger
    ) async throws -> PostgresConnection {
        let connection = PostgresConnection(configuration: configuration, logger: logger)
        try await connection.open()
        return connection
    }

    private func open() async throws {
        do {
            let attempt = ConnectAttempt(configuration: configuration, reactor: reactor, notices: notices)
            let handle = try await attempt.run().pointer
            let isWatched = wire.adopt(handle) { [weak self] readiness in
                self?.assumeIsolated { $0.socketReady(readiness) }
            }
            guard isWatched else {
                throw PostgresError(.connectionFailed, reason: "the system cannot watch another socket")
            }
            isPristine.store(true, ordering: .releasing)
            logger.debug("connection opened", metadata: ["server.process": "\(PQbackendPID(handle))"])
        } catch {
            wire.close()
            isBroken.store(true, ordering: .releasing)
            throw error
        }
    }
}
