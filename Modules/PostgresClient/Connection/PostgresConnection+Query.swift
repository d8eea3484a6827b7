import CLibPQ

extension PostgresConnection {
    /// Runs a statement and returns all its rows.
    ///
    /// - Throws: ``PostgresError``; see its codes.
    @discardableResult
    public func query(_ query: PostgresQuery) async throws -> [PostgresRow] {
        try await run(query)?.rows ?? []
    }

    /// Runs a statement and returns its only row, or nil when it has none.
    ///
    /// - Throws: ``PostgresError``; with SQLSTATE 21000 and code `decoding` when there are several rows.
    @discardableResult
    public func queryOne(_ query: PostgresQuery) async throws -> PostgresRow? {
        try await run(query)?.onlyRow()
    }

    /// Runs a statement for its effect.
    ///
    /// - Returns: The rows written or returned; 0 for commands that do not count.
    /// - Throws: ``PostgresError``.
    @discardableResult
    public func execute(_ query: PostgresQuery) async throws -> Int {
        try await run(query)?.affectedRows ?? 0
    }

    /// Runs several statements, separated by semicolons, as one: outside a transaction block they succeed or fail
    /// together (unless the script commits by itself). Results are thrown away. For migrations and tests.
    ///
    /// - Throws: ``PostgresError`` of the first statement that failed.
    public func execute(script: String) async throws {
        try await takeTurn()
        defer { endTurn() }
        needsReset = true
        try await simple(script, effect: .ofTransaction)
    }

    /// Runs SQL by the simple protocol; the caller has the turn.
    func simple(_ script: String, effect: Exchange.Effect = .none, cancellable: Bool = true) async throws {
        let exchange = try begin(script, effect: effect) { PQsendQuery($0, script) }
        await finish(exchange, cancellable: cancellable)
        try await refuseCopy(exchange)
        if let failure = exchange.failure {
            throw failure
        }
    }

    /// True when a 57014 that nobody here asked for is the statement timeout.
    var hasStatementTimeout: Bool { configuration.statementTimeout != nil || transactionTimeout != nil }

    private func run(_ query: PostgresQuery) async throws -> ResultStorage? {
        try await takeTurn()
        defer { endTurn() }
        let binds = try EncodedBinds(query)
        do {
            return try await attempt(query.sql, binds)
        } catch let error as PostgresError where error.isStalePlan {
            // A table changed under a prepared statement. Plans of other statements may be stale too.
            statements.removeAll()
            needsDeallocation = true
            guard transactionStatus == .idle else {
                throw error
            }
            try await simple("DEALLOCATE ALL", cancellable: false)
            needsDeallocation = false
            return try await attempt(query.sql, binds)
        }
    }

    private func attempt(_ sql: String, _ binds: EncodedBinds) async throws -> ResultStorage? {
        let exchange = try await start(sql, binds, purpose: .results)
        await finish(exchange)
        try await refuseCopy(exchange)
        if let failure = exchange.failure {
            throw failure
        }
        return exchange.results.last
    }

    /// Sends a statement, prepared if that pays; the caller has the turn.
    func start(_ sql: String, _ binds: EncodedBinds, purpose: Exchange.Purpose) async throws -> Exchange {
        let key = StatementCache.Key(sql: sql, types: binds.types)
        switch statements.use(key) {
        case .unprepared:
            return try begin(sql, purpose: purpose) { connection in
                binds.withPointers { PQsendQueryParams(connection, sql, $0, $1, $2, $3, $4, 1) }
            }
        case .prepared(let name):
            return try execute(prepared: name, sql, binds, purpose: purpose)
        case .prepare(let name, let evicted):
            if let evicted {
                try await simple("DEALLOCATE \(evicted)")
            }
            let exchange = try begin(sql, effect: .none) {
                PQsendPrepare($0, name, sql, CInt(binds.types.count), binds.types)
            }
            await finish(exchange)
            if let failure = exchange.failure {
                throw failure
            }
            statements.didPrepare(key, name: name)
            return try execute(prepared: name, sql, binds, purpose: purpose)
        }
    }

    private func execute(
        prepared name: String,
        _ sql: String,
        _ binds: EncodedBinds,
        purpose: Exchange.Purpose
    ) throws -> Exchange {
        try begin(sql, purpose: purpose) { connection in
            binds.withPointers { count, _, values, lengths, formats in
                PQsendQueryPrepared(connection, name, count, values, lengths, formats, 1)
            }
        }
    }

    /// Ends a COPY that a plain statement has begun by mistake, and says so.
    func refuseCopy(_ exchange: Exchange) async throws {
        guard exchange.copy != nil else {
            return
        }
        await abortCopy(exchange)
        throw PostgresError(.protocolState, query: exchange.query, reason: "COPY needs copyIn or copyOut")
    }
}
