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

@Suite("Workers")
struct JobWorkerTests {
    struct Work: Codable, Sendable {
        var n: Int
    }

    /// A worker that runs as long as the body does.
    func withWorker(
        _ pool: PostgresPool,
        _ handlers: [JobHandler],
        queue: JobQueue = JobQueue(),
        owner: String = "w",
        metrics: PrometheusRegistry = PrometheusRegistry(),
        _ body: () async throws -> Void
    ) async throws {
        var options = JobWorker.Options()
        options.interval = .milliseconds(20)
        options.owner = owner
        let worker = JobWorker(
            handlers: handlers,
            database: pool,
            queue: queue,
            options: options,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            metrics: metrics
        )
        let task = Task { await worker.run() }
        do {
            try await body()
        } catch {
            task.cancel()
            await task.value
            throw error
        }
        task.cancel()
        await task.value
    }

    /// Waits until all jobs are in one of these states; the test's own time limit bounds the wait.
    func settle(_ pool: PostgresPool, _ states: [String] = ["done", "dead"]) async throws {
        while true {
            let open = try await pool.queryOne("SELECT count(*) FROM jobs.job WHERE NOT state = ANY(\(states))")
            if let count = try open?.decode(Int64.self), count == Int64(0) { return }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    func enqueue(_ queue: JobQueue, _ pool: PostgresPool, _ range: Range<Int>) async throws {
        try await pool.withTransaction { connection in
            for n in range { try await queue.enqueue("t.work", Work(n: n), on: connection) }
        }
        queue.ring()
    }

    @Test("two workers do every job once, each within its concurrency", .timeLimit(.minutes(5)))
    func twoWorkers() async throws {
        try await withTestDatabase { pool in
            try await pool.execute("CREATE TABLE effect (n int)")
            let running = Mutex((now: 0, most: 0))
            let handler = JobHandler("t.work", concurrency: 2) { job in
                running.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
                defer { running.withLock { $0.now -= 1 } }
                let n = try job.payload(as: Work.self).n
                try await pool.withTransaction { connection in
                    try await connection.execute("INSERT INTO effect VALUES (\(Int32(n)))")
                    try await job.complete(on: connection)
                }
            }
            let (one, two) = (JobQueue(), JobQueue())
            try await enqueue(one, pool, 0..<60)
            try await withWorker(pool, [handler], queue: one, owner: "one") {
                try await withWorker(pool, [handler], queue: two, owner: "two") {
                    try await settle(pool)
                }
            }
            let done = try await pool.query("SELECT n FROM effect ORDER BY n").map { try $0.decode(Int32.self) }
            #expect(done == Array(0..<60).map(Int32.init))
            #expect(running.withLock { $0.most } <= 4)
        }
    }

    @Test("a failing job is tried again, then given up, and its last error is kept", .timeLimit(.minutes(5)))
    func deadLetter() async throws {
        struct Trouble: Error, CustomStringConvertible { let description = "no luck" }
        try await withTestDatabase { pool in
            let attempts = Mutex<[Int]>([])
            let metrics = PrometheusRegistry()
            let handler = JobHandler(
                "t.work",
                maximumAttempts: 3,
                backoff: JobBackoff(base: .milliseconds(1), limit: .milliseconds(2))
            ) { job in
                attempts.withLock { $0.append(job.lease.attempt) }
                throw Trouble()
            }
            let queue = JobQueue()
            try await enqueue(queue, pool, 0..<1)
            try await withWorker(pool, [handler], queue: queue, metrics: metrics) {
                try await settle(pool)
                // The state is written before the count.
                while !metrics.exposition().contains(#"ending="dead""#) { await Task.yield() }
            }
            #expect(attempts.withLock { $0 } == [1, 2, 3])
            let row = try await pool.queryOne("SELECT state, last_error FROM jobs.job")?.decode((String, String).self)
            #expect(row?.0 == "dead")
            #expect(row?.1 == "no luck")
            let text = await metrics.scrape()
            try ExpositionGrammar.check(text)
            #expect(text.contains(#"jobs_ended_total{ending="failed",kind="t.work"} 2"#))
            #expect(text.contains(#"jobs_ended_total{ending="dead",kind="t.work"} 1"#))
            #expect(text.contains(#"jobs_dead{kind="t.work"} 1"#))
            #expect(text.contains(#"jobs_running{kind="t.work"} 0"#))
        }
    }

    @Test("a failure that no attempt mends, such as a payload of another shape, ends the job at once")
    func hopeless() async throws {
        try await withTestDatabase { pool in
            let queue = JobQueue()
            try await pool.withConnection { connection in
                _ = try await queue.enqueue("t.work", ["other": "shape"], on: connection)
            }
            let handler = JobHandler("t.work") { job in _ = try job.payload(as: Work.self) }
            try await withWorker(pool, [handler], queue: queue) { try await settle(pool) }
            let row = try await pool.queryOne("SELECT state, attempt FROM jobs.job")?.decode((String, Int32).self)
            #expect(row?.0 == "dead")
            #expect(row?.1 == 1)
        }
    }

    @Test("another worker takes over when one dies, and the dead one's effects are not there", .timeLimit(.minutes(5)))
    func takeover() async throws {
        try await withTestDatabase { pool in
            try await pool.execute("CREATE TABLE effect (worker text)")
            let queue = JobQueue()
            try await enqueue(queue, pool, 0..<1)
            // A worker that was killed: it has a lease, and nobody renews it.
            let dead = try await pool.withConnection {
                try await JobStore($0).claim(kind: "t.work", limit: 1, owner: "killed", lease: .milliseconds(50))
            }
            #expect(dead.count == 1)
            let handler = JobHandler("t.work") { job in
                try await pool.withTransaction { connection in
                    try await connection.execute("INSERT INTO effect VALUES ('heir')")
                    try await job.complete(on: connection)
                }
            }
            try await withWorker(pool, [handler], queue: queue, owner: "heir") { try await settle(pool) }
            let workers = try await pool.query("SELECT worker FROM effect").map { try $0.decode(String.self) }
            #expect(workers == ["heir"])
            let attempt = try await pool.queryOne("SELECT attempt FROM jobs.history")?.decode(Int32.self)
            #expect(attempt == 2)
        }
    }

    @Test("a lease is renewed while the work goes on, and losing it cancels the work", .timeLimit(.minutes(5)))
    func renewal() async throws {
        try await withTestDatabase { pool in
            let (begun, begin) = AsyncStream.makeStream(of: Void.self)
            let wasCancelled = Mutex(false)
            // Long enough that a slow machine renews it in time, and nobody takes the job over before the end.
            let handler = JobHandler("t.work", lease: .seconds(6)) { job in
                if job.lease.attempt > 1 { return }
                begin.yield()
                do {
                    try await Task.sleep(for: .seconds(60))
                } catch {
                    wasCancelled.withLock { $0 = true }
                    throw error
                }
            }
            let queue = JobQueue()
            try await enqueue(queue, pool, 0..<1)
            try await withWorker(pool, [handler], queue: queue) {
                for await _ in begun { break }
                let first = try await pool.queryOne("SELECT leased_until FROM jobs.job")?.decode(PostgresTimestamp.self)
                var later = first
                while later == first {
                    try await Task.sleep(for: .milliseconds(10))
                    later = try await pool.queryOne("SELECT leased_until FROM jobs.job")?.decode(PostgresTimestamp.self)
                }
                // Somebody else has it now.
                try await pool.execute("UPDATE jobs.job SET fence = fence + 1")
                while !wasCancelled.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(5)) }
            }
            let row = try await pool.queryOne("SELECT state, fence FROM jobs.job")?.decode((String, Int64).self)
            // The worker that lost it wrote nothing; the lease will run out in the ordinary way.
            #expect(row?.0 == "running" && row?.1 == 2)
        }
    }

    @Test("an error after the job's own commit does not undo it", .timeLimit(.minutes(5)))
    func errorAfterCommit() async throws {
        struct Late: Error {}
        try await withTestDatabase { pool in
            let handler = JobHandler("t.work") { job in
                try await pool.withTransaction { try await job.complete(on: $0) }
                throw Late()
            }
            let queue = JobQueue()
            try await enqueue(queue, pool, 0..<1)
            try await withWorker(pool, [handler], queue: queue) { try await settle(pool, []) }
            let outcome = try await pool.queryOne("SELECT outcome FROM jobs.history")?.decode(String.self)
            #expect(outcome == "done")
        }
    }

    @Test("on shutdown no job is begun, a running one may end, and a slow one is given back", .timeLimit(.minutes(5)))
    func drain() async throws {
        try await withTestDatabase { pool in
            let (begun, begin) = AsyncStream.makeStream(of: Void.self)
            let (stopping, stop) = AsyncStream.makeStream(of: Void.self)
            let handler = JobHandler("t.work", concurrency: 2) { job in
                let n = try job.payload(as: Work.self).n
                begin.yield()
                guard n == 0 else { return try await Task.sleep(for: .seconds(600)) }
                for await _ in stopping { break }
            }
            let queue = JobQueue()
            try await enqueue(queue, pool, 0..<3)
            var options = JobWorker.Options()
            options.interval = .milliseconds(20)
            options.drain = .seconds(4)
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            let worker = JobWorker(
                handlers: [handler],
                database: pool,
                queue: queue,
                options: options,
                logger: logger,
                metrics: PrometheusRegistry()
            )
            let group = ServiceGroup(configuration: .init(services: [worker], logger: logger))
            let running = Task { try await group.run() }
            var begins = begun.makeAsyncIterator()
            await begins.next()
            await begins.next()
            await group.triggerGracefulShutdown()
            stop.yield()
            // A service that ends is an error of the group unless it was asked to.
            try await running.value
            let rows = try await pool.query(
                """
                SELECT (payload->>'n')::int, state, attempt FROM jobs.job
                UNION ALL SELECT (payload->>'n')::int, outcome, attempt FROM jobs.history ORDER BY 1
                """
            ).map { try $0.decode((Int32, String, Int32).self) }
            #expect(rows.map(\.1) == ["done", "waiting", "waiting"])
            #expect(rows.map(\.2) == [1, 0, 0])
        }
    }
}
