import Logging
import Synchronization

extension PostgresReplicaSet {
    /// Runs the body in a read-only transaction, on a replica if one has seen what is asked for.
    ///
    /// The body gets a replica's connection when that has replayed the position asked for within `patience`; otherwise
    /// the primary's. **The body may run twice**: when a replica breaks off (its server ends, or replay needs what the
    /// query still reads), the primary runs it again.
    ///
    /// - Parameters:
    ///   - freshness: How new the data must be. Default: `any`.
    ///   - isolation: Default: `readCommitted`. `serializable` is the primary's alone.
    ///   - patience: How long a replica is waited for that has not come far enough. Default: 100 ms.
    ///   - body: Gets a connection; writes fail with 25006 on either server.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws; ``PostgresError`` of the primary's pool, and `pool-timeout` of a replica's.
    @discardableResult
    public func read<R>(
        _ freshness: PostgresFreshness = .any,
        isolation: IsolationLevel = .readCommitted,
        patience: Duration = .milliseconds(100),
        _ body: (PostgresConnection) async throws -> R
    ) async throws -> R {
        let candidates = freshness == .latest || isolation == .serializable ? [] : candidates()
        for index in candidates {
            let attempt = try await tryReplica(index, freshness, isolation, patience, body)
            switch attempt {
            case .answered(let result):
                count(.replica)
                return result
            case .behind, .brokeOff:
                count(.fallback)
                return try await primary.withTransaction(isolation: isolation, readOnly: true, body)
            case .unreachable:
                continue
            }
        }
        count(candidates.isEmpty ? .primary : .fallback)
        return try await primary.withTransaction(isolation: isolation, readOnly: true, body)
    }

    private enum Attempt<R> {
        case answered(R)
        /// The replica has not come far enough.
        case behind
        /// The replica failed before the body began.
        case unreachable
        /// The replica failed while the body ran.
        case brokeOff
    }

    private func tryReplica<R>(
        _ index: Int,
        _ freshness: PostgresFreshness,
        _ isolation: IsolationLevel,
        _ patience: Duration,
        _ body: (PostgresConnection) async throws -> R
    ) async throws -> Attempt<R> {
        var hasBegun = false
        do {
            let attempt: Attempt<R> = try await replicas[index].withConnection { connection in
                switch try await position(of: connection, reaching: freshness, patience) {
                case .reached:
                    break
                case .behind:
                    return .behind
                case .noReplica:
                    note(failureOf: index, "it is no replica")
                    return .unreachable
                }
                let result = try await connection.withTransaction(isolation: isolation, readOnly: true) { connection in
                    hasBegun = true
                    return try await body(connection)
                }
                return .answered(result)
            }
            if case .answered = attempt {
                note(successOf: index)
            }
            return attempt
        } catch let error as PostgresError where Self.isReplicaFault(error) {
            note(failureOf: index, "\(error)")
            return hasBegun ? .brokeOff : .unreachable
        } catch let error as PostgresError where hasBegun && error.sqlState?.isRetryable ?? false {
            logger.debug("a read gave way to replay", metadata: ["replica": "\(index)", "error": "\(error)"])
            return .brokeOff
        }
    }

    /// True when the server is gone, going, or not there yet.
    private static func isReplicaFault(_ error: PostgresError) -> Bool {
        switch error.code {
        case .connectionFailed, .connectionLost: true
        // The connect timeout; a statement's has a SQLSTATE.
        case .timeout: error.sqlState == nil
        default: error.sqlState == .adminShutdown || error.sqlState == .cannotConnectNow
        }
    }

    // MARK: How far a replica has come

    private enum Position {
        case reached
        case behind
        case noReplica
    }

    /// Asks before the transaction: its snapshot then is of a later moment, whatever its isolation.
    ///
    /// A replica of PostgreSQL 15 has nothing to wait on (no LISTEN in recovery), so it is asked again, after 1 ms, 2 ms,
    /// … 16 ms.
    private func position(
        of connection: PostgresConnection,
        reaching freshness: PostgresFreshness,
        _ patience: Duration
    ) async throws -> Position {
        let deadline = ContinuousClock.now + patience
        var pause = Duration.milliseconds(1)
        while true {
            let row = try await connection.queryOne(
                """
                /* postgres_client.replica.replayed */
                SELECT pg_is_in_recovery(), CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() END
                """
            )
            guard case (true, let replayed)? = try row?.decode((Bool, PostgresLSN?).self) else {
                return .noReplica
            }
            guard case .seen(let needed) = freshness else {
                return .reached
            }
            if let replayed, needed <= replayed {
                return .reached
            }
            guard ContinuousClock.now + pause <= deadline else {
                return .behind
            }
            try await Task.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(16))
        }
    }

    // MARK: Bookkeeping

    /// The replicas worth trying, in turn.
    private func candidates() -> [Int] {
        let now = ContinuousClock.now
        return state.withLock { state in
            let count = state.health.count
            let first = state.turn
            state.turn = count == 0 ? 0 : (first + 1) % count
            return (0..<count).map { (first + $0) % count }.filter { state.health[$0].isWorthTrying(at: now) }
        }
    }

    private func count(_ route: ReadRoute) {
        state.withLock { $0.statistics.count(route) }
        metrics.count(route)
    }

    private func note(successOf index: Int) {
        if state.withLock({ $0.health[index].succeed() }) {
            logger.notice("a replica is back", metadata: ["replica": "\(index)"])
        }
    }

    private func note(failureOf index: Int, _ reason: String) {
        let isNew = state.withLock {
            $0.health[index].fail(at: .now, pause: pause, jitter: Double.random(in: 0...1))
        }
        if isNew {
            logger.notice("a replica is left alone", metadata: ["replica": "\(index)", "reason": "\(reason)"])
        }
    }
}
