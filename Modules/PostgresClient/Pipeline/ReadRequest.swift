import Synchronization

/// A statement that a task waits for, until it is settled by a result, an error or a cancel, whichever comes first.
final class ReadRequest: Sendable {
    /// One command of a request.
    struct Command: Sendable {
        let sql: String
        let binds: EncodedBinds

        var key: StatementCache.Key { StatementCache.Key(sql: sql, types: binds.types) }

        func isSame(as other: Command) -> Bool { sql == other.sql && binds.isSame(as: other.binds) }
    }

    /// Unsafe, since it is on the hot path; ``settle(_:)`` resumes it once.
    typealias Waiter = UnsafeContinuation<ResultStorage?, any Error>

    private enum State {
        case new
        case waiting(Waiter)
        /// With the outcome, when it came before the waiter.
        case settled(Result<ResultStorage?, PostgresError>?)
    }

    /// Sets what is to hold for this request only; sent before the statement, in the same implicit transaction.
    let prelude: Command?
    let statement: Command
    /// The server's limit for the statement.
    let timeout: Duration?
    /// True when it is so short that it may share a transaction with others that have the same settings.
    let isBrief: Bool
    let submitted = ContinuousClock.now
    private let state = Mutex(State.new)

    init(prelude: Command?, statement: Command, timeout: Duration?, isBrief: Bool) {
        self.prelude = prelude
        self.statement = statement
        self.timeout = timeout
        self.isBrief = isBrief
    }

    /// Whether both may be sent in one transaction: brief, under the same settings.
    func mayShareTransaction(with other: ReadRequest) -> Bool {
        guard isBrief, other.isBrief else {
            return false
        }
        guard let prelude, let others = other.prelude else {
            return prelude == nil && other.prelude == nil
        }
        return prelude.isSame(as: others)
    }

    /// True when nobody waits for a result any more.
    var isSettled: Bool {
        state.withLock { state in
            if case .settled = state {
                return true
            }
            return false
        }
    }

    /// Leaves the continuation to be resumed.
    func wait(_ waiter: Waiter) {
        let outcome: Result<ResultStorage?, PostgresError>? = state.withLock { state in
            if case .settled(let outcome) = state {
                return outcome
            }
            state = .waiting(waiter)
            return nil
        }
        if let outcome {
            waiter.resume(with: outcome)
        }
    }

    /// Ends the wait.
    ///
    /// - Returns: False when it had ended before.
    @discardableResult
    func settle(_ outcome: Result<ResultStorage?, PostgresError>) -> Bool {
        let former = state.withLock { state in
            let former = state
            switch former {
            case .new: state = .settled(outcome)
            case .waiting: state = .settled(nil)
            case .settled: break
            }
            return former
        }
        switch former {
        case .new: return true
        case .waiting(let waiter):
            waiter.resume(with: outcome)
            return true
        case .settled: return false
        }
    }
}
