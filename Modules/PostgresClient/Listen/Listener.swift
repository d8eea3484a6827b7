import Logging
import Synchronization

/// The connection of a listener, from one loss to the next.
final class Listener: Sendable {
    /// After this time without a notification the connection is tried.
    static let longestSilence = Duration.seconds(30)

    private struct State {
        var connection: PostgresConnection?
        var hasEnded = false
    }

    let channels: [String]
    let configuration: PostgresConfiguration
    let logger: Logger
    private let state = Mutex(State())

    init(channels: [String], configuration: PostgresConfiguration, logger: Logger) {
        var configuration = configuration
        // So that the trial of a silent connection comes to an end.
        configuration.statementTimeout = configuration.statementTimeout ?? .seconds(10)
        self.channels = channels
        self.configuration = configuration
        self.logger = logger
    }

    var connection: PostgresConnection? { state.withLock { $0.connection } }

    /// Throws when there is no more to wait for.
    func check() throws {
        guard !Task.isCancelled else {
            throw PostgresError(.cancelled, reason: "while listening")
        }
        guard !state.withLock({ $0.hasEnded }) else {
            throw PostgresError(.poolShutDown)
        }
    }

    func connect() async throws {
        let connection = try await PostgresConnection.connect(configuration, logger: logger)
        try await connection.listen(channels)
        let isWanted = state.withLock { state in
            state.connection = state.hasEnded ? nil : connection
            return !state.hasEnded
        }
        if !isWanted {
            await connection.close()
        }
    }

    func lose(_ connection: PostgresConnection, _ error: any Error) async {
        logger.debug("listening was interrupted", metadata: ["error": "\(error)"])
        state.withLock { $0.connection = nil }
        await connection.close()
    }

    /// Closes the connection; who waits for events gets `pool-shut-down`.
    func end() async {
        let connection = state.withLock { state in
            state.hasEnded = true
            defer { state.connection = nil }
            return state.connection
        }
        await connection?.close()
    }
}
