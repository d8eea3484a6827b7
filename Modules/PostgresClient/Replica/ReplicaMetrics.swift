import Metrics

/// Who answered a read.
enum ReadRoute: String {
    case replica
    case primary
    /// The primary, standing in for a replica.
    case fallback
}

extension PostgresReplicaSet.Statistics {
    mutating func count(_ route: ReadRoute) {
        switch route {
        case .replica: byReplica += 1
        case .primary: byPrimary += 1
        case .fallback: fallenBack += 1
        }
    }
}

/// Who answered reads, by swift-metrics; label `server`.
struct ReplicaMetrics: Sendable {
    private let replica = Self.counter(.replica)
    private let primary = Self.counter(.primary)
    private let fallback = Self.counter(.fallback)

    private static func counter(_ route: ReadRoute) -> Counter {
        Counter(label: "postgres_routed_reads_total", dimensions: [("server", route.rawValue)])
    }

    func count(_ route: ReadRoute) {
        switch route {
        case .replica: replica.increment()
        case .primary: primary.increment()
        case .fallback: fallback.increment()
        }
    }
}
