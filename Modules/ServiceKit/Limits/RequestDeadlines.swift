import ServiceLifecycle
import Synchronization

/// Cancels handlers that take too long, and with them what they ask of the database.
///
/// One task looks at all requests a few times a second, so that a request costs no timer of its own. Without
/// ``run()`` nothing is cancelled.
final class RequestDeadlines: Service {
    /// One request and its time.
    final class Entry: Sendable {
        private struct State {
            var deadline: ContinuousClock.Instant
            var task: Handle?
            var isExpired = false
        }

        private let limit: Duration
        private let state: Mutex<State>

        fileprivate init(limit: Duration) {
            self.limit = limit
            state = Mutex(State(deadline: .now + limit))
        }

        /// Starts the time again: the sender has just sent a piece of the body.
        func extend() { state.withLock { $0.deadline = .now + limit } }

        fileprivate func begin(_ task: Handle) { state.withLock { $0.task = task } }

        /// Forgets the task before it ends.
        ///
        /// - Returns: Whether it was cancelled for its time.
        fileprivate func end() -> Bool {
            state.withLock { state in
                state.task = nil
                return state.isExpired
            }
        }

        fileprivate func cancel(ifBefore now: ContinuousClock.Instant) {
            state.withLock { state in
                guard let task = state.task, !state.isExpired, state.deadline <= now else { return }
                state.isExpired = true
                task.task.cancel()
            }
        }
    }

    /// A running task, to be cancelled from another one.
    ///
    /// `UnsafeCurrentTask.cancel()` may be called from any task while the task lives. It does: the handle is used and
    /// taken away only under the lock of ``Entry``, and taken away before the task ends.
    fileprivate struct Handle: @unchecked Sendable {
        let task: UnsafeCurrentTask
    }

    private let limit: Duration?
    private let entries = Mutex<[ObjectIdentifier: Entry]>([:])

    /// Cancels after `limit`; `nil` never does.
    init(limit: Duration?) { self.limit = limit }

    /// Looks at all requests until cancelled or shut down.
    func run() async {
        guard let limit else {
            try? await gracefulShutdown()
            return
        }
        let pause = min(.milliseconds(250), limit / 4)
        await cancelWhenGracefulShutdown {
            while (try? await Task.sleep(for: pause)) != nil {
                let now = ContinuousClock.now
                for entry in self.entries.withLock({ Array($0.values) }) { entry.cancel(ifBefore: now) }
            }
        }
    }

    /// Runs a handler within the time.
    ///
    /// - Throws: What the handler throws; ``Problem`` `DEADLINE_EXCEEDED` when it was cancelled for its time.
    func run<Result: Sendable>(_ body: @escaping @Sendable (Entry?) async throws -> Result) async throws -> Result {
        guard let limit else { return try await body(nil) }
        let entry = Entry(limit: limit)
        entries.withLock { $0[ObjectIdentifier(entry)] = entry }
        defer { entries.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(entry)) } }
        // A task of its own: cancelling the connection's would take the connection along.
        return try await withThrowingTaskGroup(of: Result.self) { group in
            group.addTask {
                withUnsafeCurrentTask { task in
                    if let task { entry.begin(Handle(task: task)) }
                }
                do {
                    let result = try await body(entry)
                    _ = entry.end()
                    return result
                } catch {
                    guard entry.end() else { throw error }
                    var problem = Problem(
                        .deadlineExceeded,
                        "The answer was not ready within \(limit).",
                        zh: "未能在 \(limit) 内得出结果。"
                    )
                    problem.underlying = error
                    throw problem
                }
            }
            guard let result = try await group.next() else { throw CancellationError() }
            return result
        }
    }
}
