import ServiceLifecycle
import Synchronization

/// Where a host listens, and whether it is going down.
final class HostState: Sendable {
    private let stopping = Atomic(false)
    private let listening = Mutex<String?>(nil)

    var isStopping: Bool { stopping.load(ordering: .relaxed) }
    /// The address; absent until the host listens.
    var address: String? { listening.withLock { $0 } }
    func listens(on address: String) { listening.withLock { $0 = address } }
    func stop() { stopping.store(true, ordering: .relaxed) }
}

/// Turns readiness off when a shutdown begins, and holds the shutdown until load balancers have seen it.
///
/// The last service of the group, so that it is the first to be shut down.
struct ReadinessService: Service {
    let state: HostState
    let delay: Duration

    func run() async throws {
        try? await gracefulShutdown()
        state.stop()
        // Cancellation ends the wait: somebody is in a hurry.
        try? await Task.sleep(for: delay)
    }
}
