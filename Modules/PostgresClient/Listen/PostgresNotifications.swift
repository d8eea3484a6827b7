import DequeModule
import Logging

/// The events of a listener, without end: see ``PostgresPool/listen(_:body:)``. To be read by one loop.
public struct PostgresNotifications: AsyncSequence, Sendable {
    /// An event.
    public typealias Element = PostgresListenEvent

    let listener: Listener

    /// Reads the events.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private let listener: Listener
        private var pending: Deque<PostgresListenEvent> = [.mayHaveMissed]
        private var backoff = ConnectBackoff()

        fileprivate init(_ listener: Listener) {
            self.listener = listener
        }

        /// The next event; waits for it if need be, and for the server if need be.
        ///
        /// - Returns: Never nil.
        /// - Throws: ``PostgresError``: `cancelled`, `pool-shut-down`.
        public mutating func next() async throws -> PostgresListenEvent? {
            while pending.isEmpty {
                try listener.check()
                if let connection = listener.connection {
                    await read(connection)
                } else {
                    await connect()
                }
            }
            return pending.popFirst()
        }

        private mutating func read(_ connection: PostgresConnection) async {
            do {
                let events = try await connection.nextEvents(within: Listener.longestSilence)
                pending.append(contentsOf: events)
                if events.isEmpty {
                    // A network that has died is as silent as one where nothing happens.
                    try await connection.execute("SELECT")
                }
            } catch {
                await listener.lose(connection, error)
            }
        }

        private mutating func connect() async {
            do {
                try await Task.sleep(for: backoff.pause(at: .now) { Double.random(in: 0.5...1) })
                try await listener.connect()
                backoff.succeeded()
                pending.append(.mayHaveMissed)
            } catch {
                backoff.failed(at: .now)
                listener.logger.debug("not listening", metadata: ["error": "\(error)"])
            }
        }
    }

    /// The iterator.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(listener) }
}
