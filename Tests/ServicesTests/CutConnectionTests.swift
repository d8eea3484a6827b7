import DomainModel
import Foundation
import PlatformClient
import PostgresClient
import ServiceKit
import Synchronization
import Testing

@Suite("Connections to the database that are cut", .timeLimit(.minutes(5)))
struct CutConnectionTests {
    private final class End: Sendable {
        let isReached = Atomic(false)
    }

    @Test("under a load of writes, every acknowledged one is there, once")
    func underLoad() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            var options = PlatformClient.Options()
            options.retry = RetryPolicy(attempts: 1_000, base: .milliseconds(20), limit: .milliseconds(200))
            options.headers.append(("Authorization", "Bearer \(platform.administrator.text)"))
            let client = try PlatformClient(platform.address, options: options)
            let (senders, files) = (6, 12)
            var paths: [[String]] = []
            for sender in 0..<senders {
                paths.append(
                    try (0..<files).map { number in
                        let note = "\(sender)-\(number)"
                        let text =
                            "indicator,region,period,value,note\nyuhang.economy.gdp,330110,2020-05-17,1,\(note)\n"
                        return try platform.write("cut-\(note).csv", text)
                    }
                )
            }
            let end = End()
            let pool = platform.pool
            let ids = try await withThrowingTaskGroup(of: [Int64].self) { group in
                for own in paths {
                    group.addTask {
                        var ids: [Int64] = []
                        for path in own {
                            let batch: Batch = try await client.upload(
                                "/v1/batches",
                                query: ["dataset": "monthly.indicators", "filename": "x.csv"],
                                file: path,
                                contentType: "text/csv"
                            ).body
                            ids.append(batch.id)
                        }
                        return ids
                    }
                }
                async let cuts: Int = Self.cut(pool, until: end)
                let ids = try await group.reduce(into: []) { $0 += $1 }
                end.isReached.store(true, ordering: .releasing)
                #expect(try await cuts > 0)
                return ids
            }
            #expect(ids.count == senders * files)
            #expect(Set(ids).count == ids.count)
            let stored = try await pool.queryOne(
                "SELECT count(*), count(DISTINCT sha256) FROM collection.batch WHERE dataset = 'monthly.indicators'"
            )
            let (rows, distinct) = try #require(try stored?.decode((Int64, Int64).self))
            #expect(rows == Int64(ids.count) && distinct == rows)
        }
    }

    /// Ends every connection of the platform again and again.
    private static func cut(_ pool: PostgresPool, until end: End) async throws -> Int {
        var count = 0
        var pause = Duration.milliseconds(400)
        while !end.isReached.load(ordering: .acquiring) {
            let cut = try await pool.query(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND application_name = 'ceyuan-platform'
                """
            )
            count += cut.count
            // Long enough for a transaction to pass between two cuts also on a slow machine, in the end on any: else
            // nothing would be tried.
            try await Task.sleep(for: pause)
            pause = min(pause * 1.1, .seconds(5))
        }
        return count
    }
}
