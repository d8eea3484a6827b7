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

/// What is seen of work, and the clocks that it goes by.
extension JobWorkerTests {
    @Test("how far a job has come is seen while it runs", .timeLimit(.minutes(5)))
    func progress() async throws {
        try await withTestDatabase { pool in
            let (told, tell) = AsyncStream.makeStream(of: Int64.self)
            let (seen, see) = AsyncStream.makeStream(of: Void.self)
            let handler = JobHandler("t.work") { job in
                try await job.report(done: 40, of: 100, "reading")
                tell.yield(job.lease.id)
                for await _ in seen { break }
            }
            let queue = JobQueue()
            try await enqueue(queue, pool, 0..<1)
            try await withWorker(pool, [handler], queue: queue) {
                for await id in told {
                    let record = try await pool.withConnection { try await JobStore($0).find(id) }
                    #expect(record?.state == .running && record?.progressDone == 40 && record?.progressTotal == 100)
                    #expect(record?.progressNote == "reading")
                    break
                }
                see.yield()
                try await settle(pool, [])
            }
        }
    }

    @Test("a lease from before the server's clock was set back runs out all the same", .timeLimit(.minutes(5)))
    func clockSetBack() async throws {
        try await withTestDatabase { pool in
            let queue = JobQueue()
            try await enqueue(queue, pool, 0..<1)
            // What a worker leaves that took the job and was killed an hour "from now".
            _ = try await pool.execute(
                """
                UPDATE jobs.job SET state = 'running', attempt = 1, fence = 1, owner = 'killed',
                    run_at = now() + interval '1 hour', leased_until = now() + interval '1 hour'
                """
            )
            let handler = JobHandler("t.work", lease: .milliseconds(500)) { _ in }
            try await withWorker(pool, [handler], queue: queue) { try await settle(pool, []) }
        }
    }

    @Test("gauges of the queue are absent, and not nought, while the database does not answer")
    func unreadableQueue() async throws {
        let metrics = PrometheusRegistry()
        try await withTestDatabase { pool in
            let queue = JobQueue()
            try await enqueue(queue, pool, 0..<3)
            _ = JobMetrics(metrics, kinds: ["t.work"], database: pool)
            let text = await metrics.scrape()
            try ExpositionGrammar.check(text)
            #expect(text.contains(#"jobs_waiting{kind="t.work"} 3"#))
            #expect(text.contains("jobs_queue_readable 1"))
        }
        // The pool has been shut down.
        let text = await metrics.scrape()
        try ExpositionGrammar.check(text)
        #expect(!text.contains("jobs_waiting{"))
        #expect(text.contains("jobs_queue_readable 0"))
    }

    @Test("the wait after a failure grows, stays under the limit, and is never nought", arguments: [UInt64(3), 99])
    func backoff(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let backoff = JobBackoff(base: .seconds(1), limit: .seconds(60))
        for attempt in 1...40 {
            let ceiling = min(Duration.seconds(60), .seconds(1 << min(attempt - 1, 20)))
            let delay = backoff.delay(afterAttempt: attempt, using: &generator)
            #expect(delay >= ceiling / 2 && delay <= ceiling, "seed \(seed), attempt \(attempt)")
        }
    }
}
