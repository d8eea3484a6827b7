import DequeModule
import Synchronization

/// Threads for the calls of libpq that may block or compute for long: they must neither stop the reactor nor Swift's
/// shared threads. A thread begins with work and ends without.
final class BlockingThreads: Sendable {
    /// For steps of connecting: names are resolved, keys agreed on, passwords hashed.
    static let connecting = BlockingThreads(name: "postgres-open", limit: 16)
    /// For `PQcancel`, which opens a connection of its own and waits for the server to close it. Apart from the
    /// others: cancels that hang in a dead network must not keep connections from being made.
    static let cancelling = BlockingThreads(name: "postgres-cancel", limit: 32)

    private struct State {
        var waiting: Deque<@Sendable () -> Void> = []
        var running = 0
    }

    private let name: String
    private let limit: Int
    private let state = Mutex(State())

    init(name: String, limit: Int) {
        self.name = name
        self.limit = limit
    }

    /// Runs the work on one of the threads, in the order of the calls as far as there are threads.
    func run(_ work: @escaping @Sendable () -> Void) {
        let isThreadNeeded = state.withLock { state in
            state.waiting.append(work)
            guard state.running < limit else {
                return false
            }
            state.running += 1
            return true
        }
        if isThreadNeeded, !NativeThread.start(name, drain) {
            // Slow is better than never.
            drain()
        }
    }

    private func drain() {
        while let work = next() {
            work()
        }
    }

    private func next() -> (@Sendable () -> Void)? {
        state.withLock { state in
            guard let work = state.waiting.popFirst() else {
                state.running -= 1
                return nil
            }
            return work
        }
    }
}
