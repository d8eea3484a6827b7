import Synchronization

/// A statement that a task waits for, until it is settled by a result, an error or a cancel, whichever comes first.
final class ReadRequest: Sendable {
    /// One command of a request.
    struct Command: Sendable {
        let sql: String
        let binds: EncodedBinds

        var key: StatementCache.Key { StatementCache.Key(sql: sql, types: binds.types) }
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
    let submitted = ContinuousClock.now
    private let state = Mutex(State.new)

    init(prelude: Command?, statement: Command, timeout: Duration?) {
        self.prelude = prelude
        self.statement = statement
        self.timeout = timeout
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
