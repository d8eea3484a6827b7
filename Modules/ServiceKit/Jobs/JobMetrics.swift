import Metrics
import PostgresClient
import Storage

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
        registry.describe("jobs_ended_total", "Jobs worked on, by kind and how the work ended.")
        registry.describe("jobs_running", "Jobs that this process is working on.")
        registry.describe("jobs_duration_seconds", "Time spent on a job.")
        registry.describe("jobs_waiting", "Jobs in the queue that have not begun.")
        registry.describe("jobs_dead", "Jobs that were given up and wait for a person.")
        registry.describe("jobs_queue_age_seconds", "How long the oldest job that may begin has been waiting.")
        registry.beforeScrape {
            let counts = (try? await database.withConnection { try await JobStore($0).counts() }) ?? []
            for kind in kinds {
                let count = counts.first { $0.kind == kind }
                Self.gauge("jobs_waiting", kind, registry).set(count?.waiting ?? 0)
                Self.gauge("jobs_dead", kind, registry).set(count?.dead ?? 0)
                Self.gauge("jobs_queue_age_seconds", kind, registry).set(count?.oldestWait ?? 0)
            }
        }
    }

    private static func gauge(_ name: String, _ kind: String, _ registry: PrometheusRegistry) -> Meter {
        Meter(label: name, dimensions: [("kind", kind)], factory: registry)
    }

    func began(_ kind: String) { Self.gauge("jobs_running", kind, registry).increment() }

    func ended(_ kind: String, _ ending: Ending, _ duration: Duration) {
        Self.gauge("jobs_running", kind, registry).decrement()
        let labels = [("kind", kind), ("ending", ending.rawValue)]
        Counter(label: "jobs_ended_total", dimensions: labels, factory: registry).increment()
        Timer(label: "jobs_duration_seconds", dimensions: [("kind", kind)], factory: registry)
            .recordNanoseconds(duration.nanoseconds)
    }
}
