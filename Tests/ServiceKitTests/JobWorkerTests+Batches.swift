import DomainModel
import Logging
import PostgresClient
import ServiceLifecycle
import Storage
import Synchronization
import TestSeeds
import TestSupport
import Testing

@testable import ServiceKit

/// Jobs that are done together, and whose they are.
extension JobWorkerTests {
    @Test("a batch is done in one transaction, and one bad job keeps no good one from its end", .timeLimit(.minutes(5)))
    func batches() async throws {
        struct Bad: Error {}
        try await withTestDatabase { pool in
            try await pool.execute("CREATE TABLE effect (n int)")
            let sizes = Mutex<[Int]>([])
            let handler = JobHandler(
                "t.work",
                batchesOf: 50,
                maximumAttempts: 2,
                backoff: JobBackoff(base: .milliseconds(1), limit: .milliseconds(1))
            ) { batch in
                sizes.withLock { $0.append(batch.jobs.count) }
                let numbers = try batch.jobs.map { Int32(try $0.payload(as: Work.self).n) }
                try await pool.withTransaction { connection in
                    try await connection.execute("INSERT INTO effect SELECT unnest(\(numbers))")
                    try await batch.complete(on: connection)
                    if numbers.contains(13) { throw Bad() }
                }
            }
            let queue = JobQueue()
            try await pool.withTransaction { connection in
                try await queue.enqueue("t.work", each: (0..<100).map { Work(n: $0) }, on: connection)
            }
            try await withWorker(pool, [handler], queue: queue) { try await settle(pool, ["dead"]) }
            let done = try await pool.query("SELECT n FROM effect ORDER BY n").map { try $0.decode(Int32.self) }
            #expect(done == (0..<100).filter { $0 != 13 }.map(Int32.init))
            #expect(sizes.withLock { $0.first } == 50)
            let dead = try await pool.query("SELECT (payload->>'n')::int FROM jobs.job WHERE state = 'dead'")
            #expect(try dead.map { try $0.decode(Int32.self) } == [13])
        }
    }

    @Test(
        "the owner of a job that is given up or cancelled learns of it in the same transaction",
        .timeLimit(.minutes(5))
    )
    func owner() async throws {
        try await withTestDatabase { pool in
            try await pool.execute("CREATE TABLE told (n int, reason text)")
            let (begun, begin) = AsyncStream.makeStream(of: Void.self)
            let handler = JobHandler("t.work", maximumAttempts: 1, concurrency: 4) { job in
                switch try job.payload(as: Work.self).n {
                case 0: throw JobFailure("hopeless")
                default:
                    begin.yield()
                    try await Task.sleep(for: .seconds(60))
                }
            }
            .whenAbandoned { abandoned in
                let n = try abandoned.job.payload(as: Work.self).n
                try await pool.withTransaction { connection in
                    try await connection.execute("INSERT INTO told VALUES (\(Int32(n)), \("\(abandoned.reason)"))")
                    try await abandoned.record(on: connection)
                }
            }
            let queue = JobQueue()
            try await enqueue(queue, pool, 0..<3)
            // The worker of the last one was killed, and its only attempt is used up.
            _ = try await pool.execute(
                """
                UPDATE jobs.job SET state = 'running', attempt = 1, fence = 1, owner = 'killed',
                    leased_until = now() - interval '1 second' WHERE (payload->>'n')::int = 2
                """
            )
            try await withWorker(pool, [handler], queue: queue) {
                for await _ in begun { break }
                let change = try await pool.withTransaction { connection in
                    let id = try await connection.queryOne("SELECT id FROM jobs.job WHERE (payload->>'n')::int = 1")
                    return try await JobStore(connection).cancel(try #require(try id?.decode(Int64.self)))
                }
                #expect(change == .done)
                try await settle(pool, ["dead"])
            }
            let told = try await pool.query("SELECT n, reason FROM told ORDER BY n").map {
                try $0.decode((Int32, String).self)
            }
            #expect(told.map(\.0) == [0, 1, 2])
            #expect(told.map(\.1) == ["hopeless", "the job was cancelled", "the lease of killed ran out"])
            let cancelled = try await pool.queryOne("SELECT outcome FROM jobs.history")?.decode(String.self)
            #expect(cancelled == "cancelled")
        }
    }
}
