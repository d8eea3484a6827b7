import CLibPQ
import Logging

extension PostgresConnection {
    /// Runs the body in a transaction: commits when it returns, rolls back when it throws.
    ///
    /// Runs once; ``PostgresPool/withTransaction(isolation:readOnly:deferrable:statementTimeout:attempts:_:)`` retries.
    ///
    /// - Parameters:
    ///   - isolation: Default: `readCommitted`.
    ///   - readOnly: True makes every write fail with 25006.
    ///   - deferrable: With `serializable` and `readOnly`: waits for a snapshot that can never fail with 40001.
    ///   - statementTimeout: For the statements of this transaction, instead of the connection's.
    ///   - body: Gets this connection.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws; ``PostgresError`` of BEGIN or COMMIT, with `transaction-rolled-back` when a
    ///   statement had failed and the body hid it. When COMMIT breaks the connection, ``PostgresError/effectUnknown``.
    @discardableResult
    public nonisolated func withTransaction<R>(
        isolation: IsolationLevel = .readCommitted,
        readOnly: Bool = false,
        deferrable: Bool = false,
        statementTimeout: Duration? = nil,
        _ body: (PostgresConnection) async throws -> R
    ) async throws -> R {
        let options = TransactionOptions(
            isolation: isolation,
            readOnly: readOnly,
            deferrable: deferrable,
            statementTimeout: statementTimeout
        )
        switch await transact(options, body) {
        case .committed(let result): return result
        case .failed(let error, _): throw error
        }
    }

    nonisolated func transact<R>(
        _ options: TransactionOptions,
        _ body: (PostgresConnection) async throws -> R
    ) async -> TransactionOutcome<R> {
        do {
            try await beginTransaction(options)
        } catch {
            // The body has not run yet: another connection is as good.
            return .failed(error, isRetryable: (error as? PostgresError)?.code == .connectionLost)
        }
        do {
            let result = try await body(self)
            try await commit()
            return .committed(result)
        } catch {
            let cause = await rollBack()
            let failure = cause ?? (error as? PostgresError)
            return .failed(error, isRetryable: failure?.sqlState?.isRetryable ?? false || failure?.isStalePlan ?? false)
        }
    }

    private func beginTransaction(_ options: TransactionOptions) async throws {
        try await takeTurn()
        defer { endTurn() }
        guard transactionStatus == .idle else {
            throw PostgresError(.protocolState, reason: "a transaction is open already; use withSavepoint")
        }
        let neededReset = needsReset
        try await simple(options.beginSQL)
        needsReset = neededReset
        transactionFailure = nil
        transactionTimeout = options.statementTimeout
    }

    private func commit() async throws {
        try await takeTurn()
        defer { endTurn() }
        let exchange = try begin("COMMIT", effect: .ofTransaction) { PQsendQuery($0, "COMMIT") }
        await finish(exchange, cancellable: false)
        transactionTimeout = nil
        if let failure = exchange.failure {
            throw failure
        }
        if exchange.results.last?.commandTag == "ROLLBACK" {
            throw transactionFailure?.replacing(code: .transactionRolledBack)
                ?? PostgresError(.transactionRolledBack, reason: "a statement had failed before COMMIT")
        }
    }

    /// Rolls back, if there is anything to; a connection that cannot is closed.
    ///
    /// - Returns: The error that had failed the transaction.
    private func rollBack() async -> PostgresError? {
        let cause = transactionFailure
        transactionFailure = nil
        transactionTimeout = nil
        endOpenStream()
        do {
            try await takeTurn(cancellable: false)
        } catch {
            return cause
        }
        defer { endTurn() }
        switch transactionStatus {
        case .inTransaction, .inFailedTransaction:
            do {
                try await simple("ROLLBACK", cancellable: false)
            } catch {
                breakConnection(PostgresError(.connectionLost, reason: "ROLLBACK failed"))
            }
        case .idle, .active, .unknown:
            break
        }
        return cause
    }

    /// Lets go of a stream that nobody will finish, even if its sequence is still referenced.
    private func endOpenStream() {
        if let exchange, exchange.purpose == .stream || exchange.copy == .outOf {
            discardRest(exchange.id)
        }
    }

    // MARK: Savepoints

    /// Runs the body in a savepoint of the open transaction: when it throws, only its own changes are undone, and the
    /// transaction is usable again.
    ///
    /// - Returns: What the body returns.
    /// - Throws: What the body throws, or ``PostgresError``.
    @discardableResult
    public nonisolated func withSavepoint<R>(_ body: (PostgresConnection) async throws -> R) async throws -> R {
        let name = try await setSavepoint()
        do {
            let result = try await body(self)
            try await savepoint("RELEASE SAVEPOINT \(name)")
            return result
        } catch {
            await rollBack(to: name)
            throw error
        }
    }

    private func setSavepoint() async throws -> String {
        lastSavepoint += 1
        let name = "sp\(lastSavepoint)"
        try await savepoint("SAVEPOINT \(name)")
        return name
    }

    private func savepoint(_ sql: String) async throws {
        try await takeTurn()
        defer { endTurn() }
        try await simple(sql)
    }

    private func rollBack(to name: String) async {
        endOpenStream()
        guard (try? await takeTurn(cancellable: false)) != nil else {
            return
        }
        defer { endTurn() }
        let script = "ROLLBACK TO SAVEPOINT \(name); RELEASE SAVEPOINT \(name)"
        if (try? await simple(script, cancellable: false)) != nil {
            transactionFailure = nil
        }
    }

    // MARK: Return to a pool

    /// Makes the connection as good as new: no stream, no transaction, the session as it began.
    ///
    /// - Returns: False when it is not worth keeping.
    func cleanse() async -> Bool {
        endOpenStream()
        do {
            try await takeTurn(cancellable: false)
        } catch {
            return false
        }
        defer { endTurn() }
        do {
            switch transactionStatus {
            case .idle:
                break
            case .inTransaction, .inFailedTransaction:
                logger.debug("a transaction was left open; rolling back")
                try await simple("ROLLBACK", cancellable: false)
            case .active, .unknown:
                return false
            }
            transactionFailure = nil
            transactionTimeout = nil
            if needsReset {
                try await simple(Self.resetScript, cancellable: false)
                needsReset = false
            }
            if needsDeallocation {
                try await simple("DEALLOCATE ALL", cancellable: false)
                needsDeallocation = false
            }
            return true
        } catch {
            return false
        }
    }

    /// DISCARD ALL less the prepared statements, which are worth keeping, and the plans.
    private static let resetScript = """
        SET SESSION AUTHORIZATION DEFAULT; RESET ALL; CLOSE ALL; UNLISTEN *; SELECT pg_advisory_unlock_all();
        DISCARD SEQUENCES; DISCARD TEMP
        """
}
