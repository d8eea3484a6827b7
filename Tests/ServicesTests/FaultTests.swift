import DomainModel
import Foundation
import PlatformClient
import PostgresClient
import Testing

@Suite("Faults", .timeLimit(.minutes(10)))
struct FaultTests {
    // Enough rows for the load to take a while, few enough for a test.
    private static let rows = 200_000

    private static func file(_ platform: LivePlatform) throws -> String {
        var text = "indicator,region,period,value\n"
        // 200,000 days of two series: 1700-01-01 on.
        for day in 0..<(rows / 2) {
            let start = CivilDate(daysSince1970: day - 98_000)
            let period = Period(.daily, containing: start).description
            text += "yuhang.economy.gdp,330110,\(period),\(day).5\n"
            text += "yuhang.talent.total,330110,\(period),\(day)\n"
        }
        return try platform.write("large.csv", text)
    }

    private static func fingerprint(_ platform: LivePlatform) async throws -> String? {
        try await platform.pool.queryOne(
            """
            SELECT count(*) || ' ' || md5(string_agg(concat_ws(' ', i.code, r.code, o.period, o.revision, o.value, o.line),
                ',' ORDER BY i.code, r.code, o.period, o.revision))
            FROM statistics.observation o JOIN statistics.series s ON s.id = o.series_id
                JOIN statistics.indicator i ON i.id = s.indicator_id JOIN registry.region r ON r.id = s.region_id
            """
        )?.decode(String.self)
    }

    /// How what a load asks of the database begins: when rows arrive, and when they become observations.
    private static let statements = ["COPY load_row ", "/* statistics.load.fresh */"]

    /// Waits until a load is at such a statement.
    private static func waitForLoad(of platform: LivePlatform, at statement: String) async throws {
        let query: PostgresQuery = """
            SELECT FROM pg_stat_activity
            WHERE datname = current_database() AND state = 'active' AND starts_with(query, \(statement))
            """
        while try await platform.pool.query(query).isEmpty { try await Task.sleep(for: .milliseconds(2)) }
    }

    /// How often the load was begun that is done now.
    private static func attempts(_ platform: LivePlatform) async throws -> Int32 {
        let row = try await platform.pool.queryOne("SELECT attempt FROM jobs.history WHERE kind = 'ingest.load'")
        return try #require(row).decode(Int32.self)
    }

    @Test("a worker killed in the middle of a load is followed by another with the same result")
    func killedWorker() async throws {
        let clean = try await LivePlatform.runWithReferenceData { platform in
            let batch = try await platform.submit(try Self.file(platform), to: "monthly.indicators")
            return (batch.receipt, batch.receiptDigest, try await Self.fingerprint(platform))
        }
        #expect(clean.0?.created == Int64(Self.rows))

        try await LivePlatform.runWithReferenceData { platform in
            let batch = try await platform.send(try Self.file(platform), to: "monthly.indicators")
            #expect(!batch.state.isFinal)
            for statement in Self.statements {
                try await Self.waitForLoad(of: platform, at: statement)
                platform.kill()
                // Nothing half-loaded is ever to be seen.
                let stored = try await platform.pool.queryOne("SELECT count(*) FROM statistics.observation")
                let count = try stored?.decode(Int64.self)
                #expect(count == 0 || count == Int64(Self.rows))
                // The dead worker's lease would run out by itself; the test does not wait for it.
                _ = try await platform.pool.execute(
                    "UPDATE jobs.job SET leased_until = now() - interval '1 second' WHERE state = 'running'"
                )
                try await platform.start()
            }
            let end = try await platform.end(of: batch.id)
            #expect(end.state == .committed)
            #expect(end.receipt == clean.0)
            #expect(end.receiptDigest == clean.1)
            #expect(try await Self.fingerprint(platform) == clean.2)
            #expect(try await Self.attempts(platform) == Int32(Self.statements.count + 1))
        }
    }

    @Test("the server's process of the load is killed: the load is tried again and ends well")
    func killedBackend() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let batch = try await platform.send(try Self.file(platform), to: "monthly.indicators")
            try await Self.waitForLoad(of: platform, at: Self.statements[0])
            _ = try await platform.pool.query(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()
                """
            )
            let end = try await platform.end(of: batch.id)
            #expect(end.state == .committed)
            #expect(end.receipt?.created == Int64(Self.rows))
            #expect(try await Self.attempts(platform) > 1)
        }
    }

    @Test("ten senders of the same file at once make one batch")
    func sameFileAtOnce() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let file = ReferenceData.file("observations.csv")
            let client = try platform.client
            let batches = try await withThrowingTaskGroup(of: Batch.self) { group in
                for _ in 0..<10 {
                    group.addTask {
                        try await client.upload(
                            "/v1/batches",
                            query: ["dataset": "corridor.planning_documents", "filename": "observations.csv"],
                            file: file,
                            contentType: "text/csv",
                            as: Batch.self
                        ).body
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(batches.map(\.id)).count == 1)
            let end = try await platform.end(of: batches[0].id)
            #expect(end.receipt?.created == 177)
            #expect(try await platform.rowCounts()["collection.batch"] == Int64(ReferenceData.kinds.count + 1))
        }
    }
}
