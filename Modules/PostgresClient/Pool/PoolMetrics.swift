import Metrics

/// The pool's metrics, by swift-metrics; label `pool`. ``PostgresPool/metricDescriptions`` says what they mean.
struct PoolMetrics: Sendable {
    private let inUse: Gauge
    private let idle: Gauge
    private let waiting: Gauge
    private let wait: Timer
    private let timeouts: Counter

    init(pool: String) {
        let pool = ("pool", pool)
        inUse = Gauge(label: "postgres_pool_connections", dimensions: [pool, ("state", "in_use")])
        idle = Gauge(label: "postgres_pool_connections", dimensions: [pool, ("state", "idle")])
        waiting = Gauge(label: "postgres_pool_waiting", dimensions: [pool])
        wait = Timer(label: "postgres_pool_wait_seconds", dimensions: [pool])
        timeouts = Counter(label: "postgres_pool_timeouts_total", dimensions: [pool])
    }

    static let descriptions = [
        ("postgres_pool_connections", "Connections of the pool, by state: lent or being made, or idle."),
        ("postgres_pool_waiting", "Tasks that wait for a connection."),
        ("postgres_pool_wait_seconds", "How long tasks waited for a connection."),
        ("postgres_pool_timeouts_total", "Tasks that waited longer than the acquire timeout."),
    ]

    func record(_ statistics: PostgresPool.Statistics) {
        inUse.record(statistics.inUse)
        idle.record(statistics.idle)
        waiting.record(statistics.waiting)
    }

    func recordWait(_ duration: Duration) {
        wait.recordNanoseconds(Int64(duration.seconds * 1e9))
    }

    func countTimeouts(_ count: Int) {
        timeouts.increment(by: count)
    }
}
