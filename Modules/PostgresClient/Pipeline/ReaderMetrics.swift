import Metrics

/// The metrics of a pool's reader, by swift-metrics; label `pool`.
struct ReaderMetrics: Sendable {
    private let connections: Gauge
    private let inFlight: Gauge
    private let waiting: Gauge
    private let wait: Timer

    static let descriptions = [
        ("postgres_reader_connections", "Open connections that are shared by reads."),
        ("postgres_reader_in_flight", "Reads sent whose results have not been read: the depth of the pipelines."),
        ("postgres_reader_waiting", "Reads that wait for room in a pipeline."),
        ("postgres_reader_wait_seconds", "How long reads waited before they were sent."),
    ]

    init(pool: String) {
        let pool = ("pool", pool)
        connections = Gauge(label: "postgres_reader_connections", dimensions: [pool])
        inFlight = Gauge(label: "postgres_reader_in_flight", dimensions: [pool])
        waiting = Gauge(label: "postgres_reader_waiting", dimensions: [pool])
        wait = Timer(label: "postgres_reader_wait_seconds", dimensions: [pool])
    }

    func record(connections count: Int) {
        connections.record(count)
    }

    func record(inFlight flights: Int, waiting others: Int) {
        inFlight.record(flights)
        waiting.record(others)
    }

    func recordWait(_ duration: Duration) {
        wait.recordNanoseconds(Int64(duration.seconds * 1e9))
    }
}
