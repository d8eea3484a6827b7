import Metrics

/// The pool's metrics, by swift-metrics; label `pool`.
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
        wait = Timer(label: "postgres_pool_wait", dimensions: [pool])
        timeouts = Counter(label: "postgres_pool_timeouts_total", dimensions: [pool])
    }

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
