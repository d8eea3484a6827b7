import CLibPQ

extension PostgresConnection {
    /// Runs a statement and gives its rows one by one as they arrive.
    ///
    /// ```swift
    /// for try await row in try await connection.stream("SELECT id, code FROM registry.region") {
    ///     let (id, code) = try row.decode((Int64, String).self)
    /// }
    /// ```
    ///
    /// The memory is bounded: when the loop is slow, the server waits. Until the last row is read the connection
    /// accepts no other statement (`protocol-state`). Leaving the loop early ends the statement: outside a transaction
    /// it is cancelled, inside one the rest of its rows are read and thrown away, so that the transaction stays good;
    /// the next statement waits for that.
    ///
    /// - Throws: ``PostgresError``; errors of the statement may also come later, between the rows.
    public func stream(_ query: PostgresQuery) async throws -> PostgresRowSequence {
        try await takeTurn()
        do {
            let exchange = try await start(query.sql, try EncodedBinds(query), purpose: .stream)
            return PostgresRowSequence(lease: StreamLease(connection: self, id: exchange.id))
        } catch {
            endTurn()
            throw error
        }
    }

    /// The rows at hand, or the next ones; none means that the statement is over.
    func nextRows(_ id: UInt64) async throws -> [PostgresRow] {
        guard let exchange, exchange.id == id, exchange.purpose == .stream else {
            return []
        }
        guard exchange.waiter == nil else {
            throw PostgresError(.protocolState, query: exchange.query, reason: "a stream has one reader")
        }
        await wait(for: exchange, .rows, cancellable: true) {
            exchange.isOver || !exchange.rows.isEmpty || exchange.copy != nil
        }
        if !exchange.rows.isEmpty {
            defer { exchange.rows = [] }
            return exchange.rows
        }
        if exchange.copy != nil {
            await abortCopy(exchange)
            endTurn()
            throw PostgresError(.protocolState, query: exchange.query, reason: "COPY needs copyIn or copyOut")
        }
        end(exchange)
        endTurn()
        if let failure = exchange.failure {
            if failure.isStalePlan {
                statements.removeAll()
                needsDeallocation = true
            }
            throw failure
        }
        return []
    }

    /// Called when nobody can ask for the rest of a stream or a COPY OUT any more.
    nonisolated func abandon(_ id: UInt64) {
        reactor.submit { self.assumeIsolated { $0.discardRest(id) } }
    }

    func discardRest(_ id: UInt64) {
        guard let exchange, exchange.id == id, exchange.purpose != .discard else {
            return
        }
        exchange.purpose = .discard
        exchange.rows = []
        exchange.wakes = .over
        wire.setReading(true)
        if !exchange.isInTransaction {
            cancel(exchange: id)
        }
        pump()
    }
}

/// Ends a stream or a COPY OUT when its last reference goes.
final class StreamLease: Sendable {
    let connection: PostgresConnection
    let id: UInt64

    init(connection: PostgresConnection, id: UInt64) {
        self.connection = connection
        self.id = id
    }

    deinit {
        connection.abandon(id)
    }
}
