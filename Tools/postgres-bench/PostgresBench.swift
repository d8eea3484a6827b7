import Logging
import PostgresClient
import Synchronization

/// Reads one record by its key, again and again, by many tasks at once: what `pgbench -S -M prepared` does, through this
/// client. Wants the tables of `pgbench -i`.
///
///     postgres-bench CONNECTION-STRING reader|settings|pool TASKS SECONDS
///
/// Prints `queries_per_second` and the median and 99th percentile of the latency in microseconds.
@main
struct PostgresBench {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 5, let tasks = Int(arguments[3]), let seconds = Int(arguments[4]) else {
            print("usage: postgres-bench CONNECTION-STRING reader|settings|pool TASKS SECONDS")
            return
        }
        let mode = arguments[2]
        let configuration = try PostgresConfiguration(connectionString: arguments[1])
        let pool = PostgresPool(configuration: configuration, logger: Logger(label: "bench"))
        let largest = try await pool.queryOne("SELECT max(aid) FROM pgbench_accounts")?.decode(Int32.self) ?? 1
        _ = try await run(mode, pool, largest, tasks: tasks, for: .seconds(1))
        var latencies = try await run(mode, pool, largest, tasks: tasks, for: .seconds(seconds))
        latencies.sort()
        let rate = latencies.count / seconds
        let middle = latencies[latencies.count / 2]
        let high = latencies[latencies.count * 99 / 100]
        print(
            "queries_per_second=\(rate) p50_us=\(middle) p99_us=\(high) connections=\(pool.reader.statistics.connections)"
        )
        await pool.shutdown()
    }

    private static func run(
        _ mode: String,
        _ pool: PostgresPool,
        _ largest: Int32,
        tasks: Int,
        for duration: Duration
    ) async throws -> [Int32] {
        let end = ContinuousClock.now + duration
        return try await withThrowingTaskGroup(of: [Int32].self) { group in
            for _ in 0..<tasks {
                group.addTask {
                    var latencies: [Int32] = []
                    var start = ContinuousClock.now
                    while start < end {
                        let key = Int32.random(in: 1...largest)
                        let query: PostgresQuery = "SELECT abalance FROM pgbench_accounts WHERE aid = \(key)"
                        let row: PostgresRow? =
                            switch mode {
                            case "settings":
                                try await pool.reader.queryOne(
                                    query,
                                    settings: ["ceyuan.principal": "bench", "ceyuan.regions": "1.2.3"]
                                )
                            case "pool": try await pool.queryOne(query)
                            default: try await pool.reader.queryOne(query)
                            }
                        _ = try row?.decode(Int32.self)
                        let now = ContinuousClock.now
                        latencies.append(Int32((now - start) / .microseconds(1)))
                        start = now
                    }
                    return latencies
                }
            }
            var all: [Int32] = []
            for try await latencies in group {
                all += latencies
            }
            return all
        }
    }
}
