import DomainModel
import PostgresClient
import Storage
import TestSupport
import Testing

/// Jobs by the many, and what is kept of those that have ended.
extension JobStoreTests {
    @Test("many are put in and ended with one statement each, in order, and one that is lost is told")
    func many() async throws {
        try await withTestDatabase { pool in
            try await pool.withTransaction { connection in
                try await JobStore(connection).enqueue(kind: "t.work", payloads: (0..<500).map { Array("\($0)".utf8) })
            }
            let leases = try await claim(pool, 1_000)
            #expect(leases.map { String(decoding: $0.payload, as: UTF8.self) } == (0..<500).map(String.init))
            try await pool.execute("UPDATE jobs.job SET fence = fence + 1 WHERE id = \(leases[7].id)")
            let lost = try await pool.withConnection { try await JobStore($0).complete(leases) }
            #expect(lost == [leases[7]])
            let done = try await pool.queryOne("SELECT count(*) FROM jobs.history WHERE outcome = 'done'")
            #expect(try done?.decode(Int64.self) == 499)
        }
    }

    @Test("a dead job is replayed with all its attempts, or discarded; others are not")
    func replay() async throws {
        try await withTestDatabase { pool in
            let (first, second) = (try #require(try await enqueue(pool)), try #require(try await enqueue(pool)))
            let leases = try await claim(pool, 2)
            try await pool.withTransaction { connection in
                let store = JobStore(connection)
                let early = try await store.replay(first)
                #expect(early == .notPossible(.running))
                for lease in leases { try await store.fail(lease, error: "x", retryAfter: nil) }
                let (replayed, discarded) = (try await store.replay(first), try await store.cancel(second))
                #expect(replayed == .done && discarded == .done)
                let (again, none) = (try await store.cancel(second), try await store.replay(999_999))
                #expect(again == .notPossible(.cancelled) && none == .missing)
            }
            let lease = try #require(try await claim(pool).first)
            #expect(lease.id == first && lease.attempt == 1 && lease.fence == 2)
            let listed = try await pool.withConnection {
                try await JobStore($0).list(kind: "t.work", state: nil, before: nil, limit: 10)
            }
            #expect(listed.map(\.id) == [second, first])
            #expect(listed.map(\.state) == [.cancelled, .running])
            #expect(listed.map(\.lastError) == ["x", "x"])
        }
    }

    @Test("the history is kept in days, and a day that is old enough is dropped as a whole")
    func history() async throws {
        try await withTestDatabase { pool in
            func days() async throws -> Int64? {
                try await pool.queryOne(
                    "SELECT count(*) FROM pg_inherits WHERE inhparent = 'jobs.history'::regclass"
                )?.decode(Int64.self)
            }
            func maintain(_ kept: Int) async throws {
                try await pool.withConnection { try await JobStore($0).maintain(keptDays: kept) }
            }
            #expect(try await days() == 1)
            try await maintain(30)
            #expect(try await days() == 9)
            _ = try await enqueue(pool)
            let lease = try #require(try await claim(pool).first)
            try await pool.withConnection { try await JobStore($0).complete(lease) }
            // The row stands in today's partition, not in the one for days that nobody prepared.
            let strays = try await pool.queryOne("SELECT count(*) FROM jobs.history_default")
            #expect(try strays?.decode(Int64.self) == 0)
            try await pool.execute(
                "CREATE TABLE jobs.history_20200101 PARTITION OF jobs.history FOR VALUES FROM ('2020-01-01Z') TO ('2020-01-02Z')"
            )
            #expect(try await days() == 10)
            try await maintain(30)
            #expect(try await days() == 9)
            #expect(try await state(pool, lease.id) == "done")
            // Nobody drops another table by it, nor what has just happened.
            await #expect(throws: PostgresError.self) {
                try await pool.query("SELECT jobs.keep_days('jobs.history', -9, 0)::text")
            }
            await #expect(throws: PostgresError.self) {
                try await pool.query("SELECT jobs.keep_days('statistics.observation', 0, 0)::text")
            }
        }
    }
}
