import Synchronization

/// Lets tasks wait for an end, or for a time to pass. Also in a cancelled task: who cleans up has to wait.
final class DrainGate: Sendable {
    private struct State {
        var isOpen = false
        var lastID: UInt64 = 0
        var waiters: [UInt64: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    /// Returns when the gate is opened, at once when it is open, or when the time has passed.
    func wait(_ longest: Duration, on reactor: PostgresReactor) async {
        await withCheckedContinuation { continuation in
            let id: UInt64? = state.withLock { state in
                guard !state.isOpen else {
                    return nil
                }
                state.lastID += 1
                state.waiters[state.lastID] = continuation
                return state.lastID
            }
            guard let id else {
                return continuation.resume()
            }
            reactor.after(longest) { [weak self] in self?.giveUp(id) }
        }
    }

    private func giveUp(_ id: UInt64) {
        state.withLock { $0.waiters.removeValue(forKey: id) }?.resume()
    }

    /// Lets everybody through, from now on.
    func open() {
        let waiters = state.withLock { state in
            state.isOpen = true
            defer { state.waiters = [:] }
            return state.waiters.values
        }
        for waiter in waiters {
            waiter.resume()
        }
    }
}
