import DomainModel
import PostgresClient
import Storage
import TestSupport
import Testing

@Suite("The job queue in PostgreSQL")
struct JobStoreTests {
    func enqueue(
        _ pool: PostgresPool,
        _ kind: String = "t.work",
        key: String? = nil,
        priority: Int = 0,
        runAt: Instant? = nil
    ) async throws -> Int64? {
        try await pool.withConnection {
            try await JobStore($0).enqueue(
                kind: kind,
                payload: Array(#"{"n":1}"#.utf8),
                uniqueKey: key,
                priority: priority,
                runAt: runAt
            )
        }
    }

    func claim(
        _ pool: PostgresPool,
        _ limit: Int = 1,
        owner: String = "w",
        lease: Duration = .seconds(60)
    ) async throws -> [JobLease] {
        try await pool.withConnection {
            try await JobStore($0).claim(kind: "t.work", limit: limit, owner: owner, lease: lease)
        }
    }

    func state(_ pool: PostgresPool, _ id: Int64) async throws -> String? {
        try await pool.withConnection { try await JobStore($0).find(id)?.state.rawValue }
    }

    /// Lets every lease run out now.
    func expire(_ pool: PostgresPool) async throws {
        try await pool.execute("UPDATE jobs.job SET leased_until = now() - interval '1 second' WHERE state = 'running'")
    }

    @Test("a job is claimed once, by priority and then by time, and not before its time")
    func order() async throws {
        try await withTestDatabase { pool in
            let low = try await enqueue(pool, priority: -1)
            let first = try await enqueue(pool)
            let second = try await enqueue(pool)
            let high = try await enqueue(pool, priority: 5)
            let future = try await enqueue(pool, priority: 9, runAt: Instant("2999-01-01T00:00:00Z"))
            var claimed: [Int64?] = []
            for _ in 0..<4 { claimed.append(try await claim(pool).first?.id) }
            #expect(claimed == [high, first, second, low])
            #expect(try await claim(pool).isEmpty)
            let later = try #require(future)
            #expect(try await state(pool, later) == "delayed")
            try await pool.execute("UPDATE jobs.job SET run_at = now()")
            let promoted = try await pool.withConnection { try await JobStore($0).promote() }
            #expect(promoted == 1)
            #expect(try await claim(pool).first?.id == later)
        }
    }

    @Test("payload, attempt and fence come with the lease")
    func lease() async throws {
        try await withTestDatabase { pool in
            let id = try await enqueue(pool)
            let lease = try #require(try await claim(pool).first)
            #expect(lease.id == id)
            #expect(String(decoding: lease.payload, as: UTF8.self) == #"{"n": 1}"#)
            #expect(lease.attempt == 1)
            #expect(lease.fence == 1)
        }
    }

    @Test("a key keeps a second open job away, and is free again when the job has ended")
    func uniqueKey() async throws {
        try await withTestDatabase { pool in
            let id = try #require(try await enqueue(pool, key: "batch 7"))
            #expect(try await enqueue(pool, key: "batch 7") == nil)
            #expect(try await enqueue(pool, "t.other", key: "batch 7") != nil)
            let lease = try #require(try await claim(pool).first)
            #expect(lease.id == id)
            #expect(try await enqueue(pool, key: "batch 7") == nil)
            try await pool.withConnection { try await JobStore($0).complete(lease) }
            #expect(try await enqueue(pool, key: "batch 7") != nil)
        }
    }

    @Test("enqueueing is part of the caller's transaction")
    func transactional() async throws {
        struct Refusal: Error {}
        try await withTestDatabase { pool in
            await #expect(throws: Refusal.self) {
                try await pool.withTransaction { connection in
                    _ = try await JobStore(connection).enqueue(kind: "t.work", payload: Array("{}".utf8))
                    throw Refusal()
                }
            }
            let claimed = try await claim(pool)
            #expect(claimed.isEmpty)
        }
    }

    @Test("a late worker is fenced off, and its transaction leaves nothing behind")
    func fencing() async throws {
        try await withTestDatabase { pool in
            try await pool.execute("CREATE TABLE effect (worker text)")
            _ = try await enqueue(pool)
            let late = try #require(try await claim(pool, owner: "late").first)
            try await expire(pool)
            let reclaimed = try await pool.withConnection {
                try await JobStore($0).reclaim(kind: "t.work", maximumAttempts: 5)
            }
            #expect(reclaimed == 1)
            let heir = try #require(try await claim(pool, owner: "heir").first)
            #expect(heir.id == late.id && heir.fence == late.fence + 1 && heir.attempt == 2)

            await #expect(throws: JobError.fencedOff(id: late.id, fence: late.fence)) {
                try await pool.withTransaction { connection in
                    try await connection.execute("INSERT INTO effect VALUES ('late')")
                    try await JobStore(connection).complete(late)
                }
            }
            await #expect(throws: JobError.self) {
                try await pool.withConnection { try await JobStore($0).renew(late, lease: .seconds(1)) }
            }
            await #expect(throws: JobError.self) {
                try await pool.withConnection { try await JobStore($0).fail(late, error: "x", retryAfter: .zero) }
            }
            await #expect(throws: JobError.self) {
                try await pool.withConnection { try await JobStore($0).release(late) }
            }
            try await pool.withTransaction { connection in
                try await connection.execute("INSERT INTO effect VALUES ('heir')")
                try await JobStore(connection).complete(heir)
            }
            let workers = try await pool.query("SELECT worker FROM effect").map { try $0.decode(String.self) }
            #expect(workers == ["heir"])
            #expect(try await state(pool, heir.id) == "done")
        }
    }

    @Test("a lease that is renewed is not reclaimed; one that ran out too often is given up")
    func reclaim() async throws {
        try await withTestDatabase { pool in
            let id = try #require(try await enqueue(pool))
            let lease = try #require(try await claim(pool, owner: "w1").first)
            try await expire(pool)
            try await pool.withConnection { connection in
                let store = JobStore(connection)
                try await store.renew(lease, lease: .seconds(60))
                let count = try await store.reclaim(kind: "t.work", maximumAttempts: 1)
                #expect(count == 0)
            }
            try await expire(pool)
            let exhausted = try await pool.withConnection { connection in
                let store = JobStore(connection)
                let count = try await store.reclaim(kind: "t.work", maximumAttempts: 1)
                #expect(count == 0)
                return try await store.takeExhausted(
                    kind: "t.work",
                    maximumAttempts: 1,
                    owner: "w2",
                    lease: .seconds(60)
                )
            }
            let burial = try #require(exhausted.first)
            #expect(burial.id == id && burial.fence == lease.fence + 1)
            try await pool.withConnection {
                try await JobStore($0).fail(burial, error: burial.lastError ?? "", retryAfter: nil)
            }
            #expect(try await state(pool, id) == "dead")
            let error = try await pool.queryOne("SELECT last_error FROM jobs.job WHERE id = \(id)")?.decode(String.self)
            #expect(error == "the lease of w1 ran out")
        }
    }

    @Test("failed jobs come back after their delay, given-up ones stay as dead, released ones count no attempt")
    func endings() async throws {
        try await withTestDatabase { pool in
            let id = try #require(try await enqueue(pool))
            var lease = try #require(try await claim(pool).first)
            try await pool.withConnection { [lease] in
                try await JobStore($0).fail(lease, error: "first", retryAfter: .seconds(600))
            }
            #expect(try await claim(pool).isEmpty)
            #expect(try await state(pool, id) == "delayed")
            try await pool.execute("UPDATE jobs.job SET run_at = now()")
            try await pool.withConnection { _ = try await JobStore($0).promote() }
            lease = try #require(try await claim(pool).first)
            #expect(lease.attempt == 2)
            try await pool.withConnection { [lease] in try await JobStore($0).release(lease) }
            lease = try #require(try await claim(pool).first)
            #expect(lease.attempt == 2 && lease.fence == 3)
            try await pool.withConnection { [lease] in
                try await JobStore($0).fail(lease, error: String(repeating: "é", count: 3_000), retryAfter: nil)
            }
            #expect(try await state(pool, id) == "dead")
            #expect(try await claim(pool).isEmpty)
            let counts = try await pool.withConnection { try await JobStore($0).counts() }
            #expect(counts.map(\.kind) == ["t.work"])
            #expect(counts.map { [$0.waiting, $0.delayed, $0.running, $0.dead] } == [[0, 0, 0, 1]])
        }
    }

    @Test("sixteen workers that claim at the same time never get the same job")
    func contention() async throws {
        try await withTestDatabase { pool in
            try await pool.withTransaction { connection in
                for _ in 0..<300 {
                    _ = try await JobStore(connection).enqueue(kind: "t.work", payload: Array("{}".utf8))
                }
            }
            let claimed = try await withThrowingTaskGroup(of: [Int64].self) { group in
                for worker in 0..<16 {
                    group.addTask {
                        var mine: [Int64] = []
                        while true {
                            let leases = try await pool.withConnection {
                                try await JobStore($0)
                                    .claim(kind: "t.work", limit: 3, owner: "w\(worker)", lease: .seconds(60))
                            }
                            if leases.isEmpty { return mine }
                            mine += leases.map(\.id)
                        }
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            // A worker may see an empty queue while others hold locks on the last rows, but nothing is given twice.
            #expect(claimed.count == Set(claimed).count)
            #expect(claimed.count == 300)
        }
    }
}
