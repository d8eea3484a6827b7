import Metrics
import MetricsTestKit
import PostgresClient
import TestSupport
import Testing

@Suite("Metrics of a pool", .timeLimit(.minutes(5)))
struct MetricsTests {
    /// Runs the body with a pool whose metrics are kept.
    private static func run(
        _ change: (inout PostgresConfiguration) -> Void,
        _ body: (PostgresPool, TestMetrics) async throws -> Void
    ) async throws {
        let metrics = TestMetrics()
        // The metrics of a pool are made with it.
        try await withMetricsFactory(metrics) {
            try await withTestDatabase(migrated: false) {
                $0.poolName = "measured"
                change(&$0)
            } _: { pool in
                try await body(pool, metrics)
            }
        }
    }

    private static let name = [("pool", "measured")]

    @Test("use, depth of the queue, waiting time and timeouts of a pool with one connection")
    func pool() async throws {
        try await Self.run {
            $0.maximumConnections = 1
        } _: { pool, metrics in
            let waiting = try metrics.expectRecorder("postgres_pool_waiting", Self.name)
            let waits = try metrics.expectTimer("postgres_pool_wait_seconds", Self.name)
            let inUse = try metrics.expectRecorder("postgres_pool_connections", Self.name + [("state", "in_use")])
            let idle = try metrics.expectRecorder("postgres_pool_connections", Self.name + [("state", "idle")])
            try await withThrowingTaskGroup(of: Void.self) { group in
                try await pool.withConnection { _ in
                    #expect(inUse.lastValue == 1 && idle.lastValue == 0)
                    for _ in 0..<3 {
                        group.addTask { try await pool.query("SELECT 1") }
                    }
                    // Seen while they wait, and not only when they have waited.
                    while waiting.lastValue != 3 {
                        try await Task.sleep(for: .milliseconds(5))
                    }
                }
                try await group.waitForAll()
            }
            #expect(waits.values.count == 3 && waits.values.allSatisfy { $0 > 0 })
            #expect(waiting.lastValue == 0 && inUse.lastValue == 0 && idle.lastValue == 1)
        }
    }

    @Test("tasks that wait in vain are counted")
    func timeouts() async throws {
        try await Self.run {
            $0.maximumConnections = 1
            $0.acquireTimeout = .milliseconds(20)
        } _: { pool, metrics in
            let timeouts = try metrics.expectCounter("postgres_pool_timeouts_total", Self.name)
            try await pool.withConnection { _ in
                for _ in 0..<2 {
                    await #expect(throws: PostgresError.self) { try await pool.query("SELECT 1") }
                }
            }
            #expect(timeouts.totalValue == 2)
        }
    }

    @Test("depth of the pipelines, those that wait for room, and their waiting time")
    func reader() async throws {
        try await Self.run {
            $0.readerConnections = 1
            $0.readerDepth = 2
        } _: { pool, metrics in
            let inFlight = try metrics.expectRecorder("postgres_reader_in_flight", Self.name)
            let waiting = try metrics.expectRecorder("postgres_reader_waiting", Self.name)
            let waits = try metrics.expectTimer("postgres_reader_wait_seconds", Self.name)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<40 {
                    group.addTask { _ = try await pool.reader.query("SELECT pg_sleep(0.001)") }
                }
                try await group.waitForAll()
            }
            #expect(inFlight.values.max() == 2)
            #expect(waiting.values.max() ?? 0 > 0)
            // An answer is given before the books of its connection are closed.
            repeat {
                pool.recordMetrics()
                try await Task.sleep(for: .milliseconds(5))
            } while inFlight.lastValue != 0 || waiting.lastValue != 0
            #expect(waits.values.count == 40 && waits.values.max() ?? 0 > 0)
            #expect(try metrics.expectRecorder("postgres_reader_connections", Self.name).lastValue == 1)
        }
    }

    @Test("each metric that a pool makes has a line of help, and no line is of none")
    func descriptions() async throws {
        try await Self.run { _ in
        } _: { _, metrics in
            let made = Set(
                (metrics.recorders.map(\.label) + metrics.counters.map(\.label) + metrics.timers.map(\.label))
            )
            #expect(Set(PostgresPool.metricDescriptions.map(\.name)) == made)
        }
    }
}
