import Glibc
import Logging
import PostgresClient
import ServiceKit

// The worker of the benchmark `jobs`: puts many small jobs into the queue, or works on them until it is killed.
//
//     job-worker enqueue DATABASE COUNT
//     job-worker work DATABASE batches|singly
//
// Each job leaves one row in `bench.effect`, in the transaction that ends the job: nothing lost, nothing doubled.

/// The data of a job: a number of its own.
struct Tick: Codable, Sendable {
    let n: Int
}

let kind = "bench.tick"
let arguments = CommandLine.arguments
guard arguments.count == 4 else {
    print("job-worker enqueue DATABASE COUNT | work DATABASE batches|singly")
    exit(64)
}
let logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
var configuration = try PostgresConfiguration(connectionString: arguments[2])
configuration.maximumConnections = 16
let pool = PostgresPool(configuration: configuration, logger: logger)

switch arguments[1] {
case "enqueue":
    let queue = JobQueue()
    let count = Int(arguments[3]) ?? 0
    for start in stride(from: 0, to: count, by: 1_000) {
        let ticks = (start..<min(start + 1_000, count)).map { Tick(n: $0) }
        try await pool.withTransaction { try await queue.enqueue(kind, each: ticks, on: $0) }
    }
    await pool.shutdown()
default:
    let handler =
        if arguments[3] == "batches" {
            JobHandler(kind, batchesOf: 500, lease: .seconds(2), concurrency: 3) { batch in
                let numbers = try batch.jobs.map { try $0.payload(as: Tick.self).n }
                try await pool.withTransaction { connection in
                    try await connection.execute("INSERT INTO bench.effect SELECT unnest(\(numbers))")
                    try await batch.complete(on: connection)
                }
            }
        } else {
            JobHandler(kind, lease: .seconds(2), concurrency: 200) { job in
                let n = try job.payload(as: Tick.self).n
                try await pool.withTransaction { connection in
                    try await connection.execute("INSERT INTO bench.effect VALUES (\(n))")
                    try await job.complete(on: connection)
                }
            }
        }
    var options = JobWorker.Options()
    options.interval = .milliseconds(50)
    options.owner = "job-worker:\(getpid())"
    await JobWorker(
        handlers: [handler],
        database: pool,
        queue: JobQueue(),
        options: options,
        logger: logger,
        metrics: PrometheusRegistry()
    ).run()
}
