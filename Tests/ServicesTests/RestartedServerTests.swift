import DomainModel
import Foundation
import LocalPostgres
import PlatformClient
import PostgresClient
import ServiceKit
import Synchronization
import TestSupport
import Testing

@Suite("The database server, restarted", .timeLimit(.minutes(5)))
struct RestartedServerTests {
    private static let (senders, writes, crashes) = (4, 12, 3)

    private final class Progress: Sendable {
        let acknowledged = Atomic(0)
    }

    @Test("crashed again and again under a load of writes, it has every acknowledged one, once, in a whole trail")
    func underLoad() async throws {
        // Commits reach the disk, as in use; the shared server of the tests waits for none.
        let cluster = LocalCluster(
            .init(
                directory: "/tmp/ceyuan-crash-\(getpid())-\(UInt32.random(in: 0...(.max)))",
                port: .socketOnly,
                durable: true,
                lifetime: .tied(removingFiles: true)
            )
        )
        let database = try await TestDatabase.create(on: cluster)
        try await LivePlatform.runWithReferenceData(on: database) { platform in
            var options = PlatformClient.Options()
            options.retry = RetryPolicy(attempts: 200, base: .milliseconds(20), limit: .milliseconds(500))
            options.headers.append(("Authorization", "Bearer \(platform.administrator.text)"))
            let client = try PlatformClient(platform.address, options: options)
            let files = try (0..<Self.senders * Self.writes).map { number in
                // A day of its own for each, so that each file brings a value.
                let day = CivilDate(daysSince1970: 18_262 + number)
                return try platform.write(
                    "crash-\(number).csv",
                    "indicator,region,period,value\nyuhang.economy.gdp,330110,\(day.isoText),1\n"
                )
            }
            let progress = Progress()
            let batches = try await withThrowingTaskGroup(of: [Int64].self) { group in
                for sender in 0..<Self.senders {
                    group.addTask {
                        try await Self.send(files, of: sender, by: client, progress)
                    }
                }
                try await Self.crash(cluster, progress)
                return try await group.reduce(into: []) { $0 += $1 }
            }
            for id in batches {
                let end = try await platform.end(of: id)
                #expect(end.state == .committed, "\(end.failure ?? "") \(end.conflicts.map(\.code))")
            }
            let stored = try await platform.pool.queryOne(
                """
                SELECT (SELECT count(*) FROM collection.batch WHERE dataset = 'monthly.indicators'),
                    (SELECT count(*) FROM identity.principal WHERE id LIKE 'user:crash-%')
                """
            )
            let (loaded, users) = try #require(stored).decode((Int64, Int64).self)
            #expect(Set(batches).count == files.count)
            #expect(loaded == Int64(files.count))
            #expect(users == Int64(files.count))
            try await platform.waitForSeals()
            let trail = try await Program.ceyuan(["audit", "verify", "--records"], on: platform)
            #expect(trail.status == 0, "\(trail.output)\(trail.error)")
        }
        try await cluster.destroy()
    }

    /// Submits every file of a sender and makes a user with it; each is sent until it is acknowledged.
    private static func send(
        _ files: [String],
        of sender: Int,
        by client: PlatformClient,
        _ progress: Progress
    ) async throws -> [Int64] {
        var ids: [Int64] = []
        for number in stride(from: sender, to: files.count, by: senders) {
            let batch: Batch = try await client.upload(
                "/v1/batches",
                query: ["dataset": "monthly.indicators", "filename": "x.csv"],
                file: files[number],
                contentType: "text/csv"
            ).body
            ids.append(batch.id)
            let user = NewUser(id: "user:crash-\(number)", name: "x", issuer: nil, subject: nil)
            _ = try await client.post("/v1/users", body: user, as: User.self)
            progress.acknowledged.add(2, ordering: .relaxed)
        }
        return ids
    }

    /// Ends the server without a checkpoint each time that so many writes were acknowledged, and starts it again.
    private static func crash(_ cluster: LocalCluster, _ progress: Progress) async throws {
        let step = senders * writes * 2 / (crashes + 1)
        for round in 1...crashes {
            while progress.acknowledged.load(ordering: .relaxed) < round * step {
                try await Task.sleep(for: .milliseconds(10))
            }
            let process = try #require(try await cluster.status().processIdentifier)
            // “Immediate shutdown”: the next start recovers from the log. Source: PostgreSQL 15, §19.5.
            kill(process, SIGQUIT)
            while try await cluster.status().state == .running { try await Task.sleep(for: .milliseconds(10)) }
            try await cluster.up()
        }
    }
}
