import Logging

extension PostgresPool {
    /// Lends a connection to the body.
    ///
    /// The body runs where the caller runs (its actor, if any), so that it may use the caller's state freely. The
    /// connection must not be kept beyond it.
    ///
    /// - Returns: What the body returns.
    /// - Throws: What the body throws; ``PostgresError``: `pool-timeout`, `pool-shut-down`, `connection-failed`,
    ///   `cancelled`.
    @discardableResult
    public func withConnection<R>(_ body: (PostgresConnection) async throws -> R) async throws -> R {
        let pooled = try await lease()
        do {
            let result = try await body(pooled.connection)
            await release(pooled)
            return result
        } catch {
            await release(pooled)
            throw error
        }
    }

    /// Runs the body in a transaction: commits when it returns, rolls back when it throws, and runs it again when the
    /// server refused it for reasons that time mends.
    ///
    /// Those are serialization failures (40001), deadlocks (40P01) and plans gone stale by a change of the schema, also
    /// when the body wrapped the error in one of its own. **The body may run several times**, so its effects outside
    /// the database must bear repetition. Between attempts there is a random pause that doubles from 10 ms to 1 s.
    ///
    /// - Parameters:
    ///   - isolation: Default: `readCommitted`.
    ///   - readOnly: True makes every write fail with 25006.
    ///   - deferrable: With `serializable` and `readOnly`: waits for a snapshot that can never fail with 40001.
    ///   - statementTimeout: For the statements of this transaction, instead of the connection's.
    ///   - attempts: How often the body is run at most. Default: 5.
    ///   - body: Gets a connection in the transaction.
    /// - Returns: What the body returns.
    /// - Throws: The error of the last attempt; ``PostgresError`` of the pool, of BEGIN or of COMMIT.
    @discardableResult
    public func withTransaction<R>(
        isolation: IsolationLevel = .readCommitted,
        readOnly: Bool = false,
        deferrable: Bool = false,
        statementTimeout: Duration? = nil,
        attempts: Int = 5,
        _ body: (PostgresConnection) async throws -> R
    ) async throws -> R {
        let options = TransactionOptions(
            isolation: isolation,
            readOnly: readOnly,
            deferrable: deferrable,
            statementTimeout: statementTimeout
        )
        var attempt = 1
        while true {
            let pooled = try await lease()
            let outcome = await pooled.connection.transact(options, body)
            await release(pooled)
            switch outcome {
            case .committed(let result):
                return result
            case .failed(let error, let isRetryable):
                guard isRetryable, attempt < attempts, !Task.isCancelled else {
                    throw error
                }
                logger.debug("transaction retried", metadata: ["attempt": "\(attempt)", "error": "\(error)"])
                let ceiling = min(1, 0.01 * Double(1 << min(attempt, 10)))
                try await Task.sleep(for: .seconds(Double.random(in: 0...ceiling)))
                attempt += 1
            }
        }
    }

    /// Lends a connection for one statement, and another one when the first turns out to be dead before the statement
    /// was sent to it.
    private func withOneStatement<R>(_ body: (PostgresConnection) async throws -> R) async throws -> R {
        for _ in 0..<configuration.maximumConnections {
            do {
                return try await withConnection(body)
            } catch let error as PostgresError where error.code == .connectionLost && !error.effectUnknown {
                continue
            }
        }
        return try await withConnection(body)
    }

    /// Runs a statement on any connection and returns all its rows.
    ///
    /// - Throws: ``PostgresError``; ``PostgresError/effectUnknown`` when the connection was lost after the statement
    ///   had been sent.
    @discardableResult
    public func query(_ query: PostgresQuery) async throws -> [PostgresRow] {
        try await withOneStatement { try await $0.query(query) }
    }

    /// Runs a statement on any connection and returns its only row, or nil when it has none.
    ///
    /// - Throws: ``PostgresError``; with SQLSTATE 21000 when there are several rows.
    @discardableResult
    public func queryOne(_ query: PostgresQuery) async throws -> PostgresRow? {
        try await withOneStatement { try await $0.queryOne(query) }
    }

    /// Runs a statement on any connection for its effect.
    ///
    /// - Returns: The rows written or returned; 0 for commands that do not count.
    /// - Throws: ``PostgresError``.
    @discardableResult
    public func execute(_ query: PostgresQuery) async throws -> Int {
        try await withOneStatement { try await $0.execute(query) }
    }
}
