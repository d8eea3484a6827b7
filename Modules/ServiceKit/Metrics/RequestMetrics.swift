import Metrics
import Synchronization

/// The counts and times of requests, by method, route and status.
///
/// To make a metric, its name and labels are put together and looked up; a request finds its own by three values.
final class RequestMetrics: Sendable {
    private struct Key: Hashable {
        let method: String
        let route: String
        let status: Int
    }

    private struct Pair {
        let count: Counter
        let time: Timer
    }

    private let registry: PrometheusRegistry
    private let known = Mutex<[Key: Pair]>([:])

    init(_ registry: PrometheusRegistry) {
        self.registry = registry
        registry.describe("http_requests_total", "Requests answered.")
        registry.describe("http_request_duration_seconds", "Time from a request's head to its answer's head.")
    }

    /// Counts a request; the values must be few, since each combination lives for ever.
    func record(method: String, route: String, status: Int, _ duration: Duration) {
        let key = Key(method: method, route: route, status: status)
        let pair = known.withLock { known in
            if let pair = known[key] { return pair }
            let labels = [("method", method), ("route", route), ("status", String(status))]
            let pair = Pair(
                count: Counter(label: "http_requests_total", dimensions: labels, factory: registry),
                time: Timer(label: "http_request_duration_seconds", dimensions: labels, factory: registry)
            )
            known[key] = pair
            return pair
        }
        pair.count.increment()
        pair.time.recordNanoseconds(duration.nanoseconds)
    }
}
