import Synchronization

/// The listeners of a pool, so that its shutdown ends them.
final class ListenerRegistry: Sendable {
    private struct State {
        var listeners: [ObjectIdentifier: Listener] = [:]
        var isShutDown = false
    }

    private let state = Mutex(State())

    /// Takes a listener in and connects it.
    func add(_ listener: Listener) async throws {
        let isShutDown = state.withLock { state in
            if !state.isShutDown {
                state.listeners[ObjectIdentifier(listener)] = listener
            }
            return state.isShutDown
        }
        guard !isShutDown else {
            throw PostgresError(.poolShutDown)
        }
        do {
            try await listener.connect()
        } catch {
            await remove(listener)
            throw error
        }
    }

    func remove(_ listener: Listener) async {
        state.withLock { $0.listeners[ObjectIdentifier(listener)] = nil }
        await listener.end()
    }

    func shutDown() async {
        let listeners = state.withLock { state in
            state.isShutDown = true
            return Array(state.listeners.values)
        }
        for listener in listeners {
            await listener.end()
        }
    }
}
