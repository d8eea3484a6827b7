import PostgresClient
import Storage
import Synchronization

/// Finds leases that a worker can no longer hold although the server's clock says so, because it was set back.
///
/// A lease that ends later than any worker could have asked for, and that nobody has renewed for its whole length by
/// this process' monotonic clock, belongs to nobody.
final class StrayLeases: Sendable {
    private let leases: [String: Duration]
    private let seen = Mutex<[StrayLease: ContinuousClock.Instant]>([:])

    init(_ handlers: [JobHandler]) {
        leases = Dictionary(handlers.map { ($0.kind, $0.lease) }, uniquingKeysWith: { first, _ in first })
    }

    /// Looks at the leases, and lets those run out that were seen unchanged for long enough.
    func settle(_ store: JobStore) async throws {
        let kinds = Array(leases.keys)
        let strays = try await store.strays(kinds: kinds, leases: kinds.compactMap { leases[$0] })
        let now = ContinuousClock.now
        let ripe = seen.withLock { seen in
            // What is no longer there was renewed, or has ended.
            seen = seen.filter { strays.contains($0.key) }
            for stray in strays where seen[stray] == nil { seen[stray] = now }
            return strays.filter { stray in
                guard let first = seen[stray], let lease = leases[stray.kind] else { return false }
                return now - first >= lease
            }
        }
        if !ripe.isEmpty { try await store.expire(ripe) }
    }
}
