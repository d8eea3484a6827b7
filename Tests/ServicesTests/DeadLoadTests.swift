import DomainModel
import Foundation
import PlatformClient
import PostgresClient
import Testing

@Suite("A load that was given up", .timeLimit(.minutes(5)))
struct DeadLoadTests {
    @Test("is replayed by a person, and then loads as if nothing had happened")
    func replay() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            platform.kill()
            try await platform.start(["CEYUAN_JOBS_ENABLED": "false"])
            let file = try platform.write(
                "late.csv",
                "indicator,region,period,value\nyuhang.economy.gdp,330110,2019-05-17,1\n"
            )
            let sent = try await platform.send(file, to: "monthly.indicators")
            #expect(sent.state == .received)
            platform.kill()
            // What five workers leave that were killed.
            try await platform.pool.execute(
                """
                UPDATE jobs.job SET state = 'running', attempt = 5, fence = 5, owner = 'killed',
                    leased_until = now() - interval '1 second'
                WHERE kind = 'ingest.load'
                """
            )
            try await platform.start()
            #expect(try await platform.end(of: sent.id).state == .failed)
            let dead: Page<JobRecord> = try await platform.client.get("/v1/jobs", query: ["state": "dead"])
            let job = try #require(dead.items.first)
            #expect(dead.items.count == 1)
            let replayed = try await Program.ceyuan(["job", "replay", "\(job.id)"], on: platform)
            #expect(replayed.status == 0, "\(replayed.error)")
            let open: PostgresQuery = "SELECT FROM jobs.job WHERE kind = 'ingest.load'"
            while try await !platform.pool.query(open).isEmpty { try await Task.sleep(for: .milliseconds(20)) }
            let end = try await platform.end(of: sent.id)
            #expect(end.state == .committed)
            #expect(end.failure == nil)
            #expect(end.receipt?.created == 1)
            // The same bytes again get the batch that was replayed.
            #expect(try await platform.submit(file, to: "monthly.indicators").id == sent.id)
            try await platform.waitForSeals()
            let trail = try await Program.ceyuan(["audit", "verify", "--records"], on: platform)
            #expect(trail.status == 0, "\(trail.output)")
        }
    }
}
