import DomainModel
import Metrics
import PostgresClient
import Storage
import Synchronization

/// Counts what becomes of jobs, and asks the queue how it stands before each scrape.
struct JobMetrics: Sendable {
    /// How the work on a job ended.
    enum Ending: String, Sendable {
        /// It is done.
        case done
        /// It failed and will be tried again.
        case failed
        /// It failed too often, or in a way that no attempt mends.
        case dead
        /// Somebody cancelled it.
        case cancelled
        /// It was given back because the service stops.
        case released
        /// Another worker had it.
        case fenced
        /// Its end could not be written; the lease will run out.
        case unrecorded
    }

    private let registry: PrometheusRegistry

    init(_ registry: PrometheusRegistry, kinds: [String], database: PostgresPool) {
        self.registry = registry
        registry.describe("jobs_begun_total", "Attempts at jobs that this process has begun.")
        registry.describe("jobs_ended_total", "Jobs worked on, by kind and how the work ended.")
        registry.describe("jobs_running", "Jobs that this process is working on.")
        registry.describe("jobs_duration_seconds", "Time spent on a job.")
        let queue = QueueGauges(
            registry,
            help: [
                "jobs_waiting": "Jobs in the queue that may begin.",
                "jobs_delayed": "Jobs in the queue that wait for their time or for the next attempt.",
                "jobs_dead": "Jobs that were given up and wait for a person.",
                "jobs_attempts": "The most often that an open job was begun.",
                "jobs_queue_age_seconds": "How long the oldest job that may begin has been waiting.",
            ]
        )
        registry.describe(
            "jobs_queue_readable",
            "Whether the queue could be asked: 1, or 0 when the database did not answer."
        )
        registry.beforeScrape {
            let counts = try? await database.withConnection { try await JobStore($0).counts() }
            Meter(label: "jobs_queue_readable", factory: registry).set(counts == nil ? 0 : 1)
            queue.show(
                counts.map { counts in
                    let known = Dictionary(counts.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })
                    return Set(kinds).union(known.keys).flatMap { kind -> [(String, String, Double)] in
                        let count = known[kind]
                        return [
                            ("jobs_waiting", kind, Double(count?.waiting ?? 0)),
                            ("jobs_delayed", kind, Double(count?.delayed ?? 0)),
                            ("jobs_dead", kind, Double(count?.dead ?? 0)),
                            ("jobs_attempts", kind, Double(count?.mostAttempts ?? 0)),
                            ("jobs_queue_age_seconds", kind, count?.oldestWait ?? 0),
                        ]
                    }
                }
            )
        }
    }

    func began(_ kind: String, count: Int) {
        Meter(label: "jobs_running", dimensions: [("kind", kind)], factory: registry).increment(by: Double(count))
        Counter(label: "jobs_begun_total", dimensions: [("kind", kind)], factory: registry).increment(by: count)
    }

    func ended(_ kind: String, _ ending: Ending, _ duration: Duration) {
        Meter(label: "jobs_running", dimensions: [("kind", kind)], factory: registry).decrement()
        let labels = [("kind", kind), ("ending", ending.rawValue)]
        Counter(label: "jobs_ended_total", dimensions: labels, factory: registry).increment()
        Timer(label: "jobs_duration_seconds", dimensions: [("kind", kind)], factory: registry)
            .recordNanoseconds(duration.nanoseconds)
    }
}

/// Gauges of what the database holds: absent while it does not answer, since nought would be a lie.
final class QueueGauges: Sendable {
    private let registry: PrometheusRegistry
    private let label: String
    private let shown = Mutex<[String: [any MeterHandler]]>([:])

    /// Describes gauges by their names; `label` names what their values are told apart by.
    init(_ registry: PrometheusRegistry, label: String = "kind", help: [String: String]) {
        self.registry = registry
        self.label = label
        for (name, text) in help { registry.describe(name, text) }
    }

    /// Shows values (gauge, label's value, number) in place of those before; `nil` when they are not known.
    func show(_ values: [(gauge: String, of: String, value: Double)]?) {
        shown.withLock { shown in
            let keys = Set((values ?? []).map { "\($0.gauge)/\($0.of)" })
            for (key, meters) in shown where !keys.contains(key) {
                for meter in meters { registry.destroyMeter(meter) }
                shown[key] = nil
            }
            for (gauge, of, value) in values ?? [] {
                let meter = registry.makeMeter(label: gauge, dimensions: [(label, of)])
                meter.set(value)
                shown["\(gauge)/\(of)"] = [meter]
            }
        }
    }
}
