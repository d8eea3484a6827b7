import DomainModel
import Foundation
import PlatformClient
import PostgresClient
import ServiceKit
import Testing

/// What somebody sees and does whose grants are for one district, through the services and their real database role.
@Suite("Access by region", .timeLimit(.minutes(5)))
struct RegionalAccessTests {
    /// 330110 is Yuhang, 330106 Xihu: both districts of Hangzhou in the reference data.
    private static let (own, foreign) = ("330110", "330106")

    private func code(_ body: () async throws -> some Any) async -> String? {
        do {
            _ = try await body()
            return nil
        } catch {
            return problem(error as? PlatformClientError)?.code
        }
    }

    @Test("a steward of one district loads its rows only, and sees its values and own files only")
    func steward() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let token = APIToken()
            try await platform.pool.addUser("steward", role: "data_steward", region: Self.own, token: token)
            let steward = try platform.client(token: token.text)
            let text = """
                indicator,region,period,value
                yuhang.economy.gdp,\(Self.own),2021,1
                yuhang.economy.gdp,\(Self.foreign),2021,2
                """
            let file = try platform.write("mixed.csv", text)
            let administrators = try await platform.submit(file, to: "monthly.indicators")
            #expect(administrators.state == .committed)
            #expect(administrators.receipt?.created == 2)

            // The same figures in another order are another file.
            let other = try platform.write("other.csv", text.replacing(",2021,", with: ",2022,"))
            let sent = try await steward.upload(
                "/v1/batches",
                query: ["dataset": "monthly.indicators", "filename": "other.csv", "mode": "partial"],
                file: other,
                contentType: "text/csv",
                as: Batch.self
            ).body
            #expect(sent.submitter == "user:steward")
            let loaded = try await platform.end(of: sent.id)
            #expect(loaded.receipt?.created == 1)
            #expect(loaded.receipt?.rejected == 1)
            #expect(loaded.conflicts.map(\.code) == [.regionNotPermitted])

            let seen: Page<Observation> = try await steward.get("/v1/observations", query: ["limit": "500"])
            #expect(Set(seen.items.map(\.region)) == [Self.own])
            #expect(seen.items.count == 2)
            let all: Page<Observation> = try await platform.client.get("/v1/observations")
            #expect(Set(all.items.map(\.region)) == [Self.own, Self.foreign])

            // Own files are there; those of others are not, and are not said to be forbidden either.
            let mine: Batch = try await steward.get("/v1/batches/\(sent.id)")
            #expect(mine.id == sent.id)
            for path in ["", "/conflicts", "/file"] {
                #expect(
                    await code { try await steward.bytes("/v1/batches/\(administrators.id)\(path)") } == "NOT_FOUND"
                )
            }
            let batches: Page<Batch> = try await steward.get("/v1/batches")
            #expect(batches.items.map(\.id) == [sent.id])
            let foreign = try #require(all.items.first { $0.region == Self.foreign })
            #expect(await code { try await steward.bytes("/v1/lineage/\(foreign.lineage)") } == "NOT_FOUND")

            // A value of the own district leads to the batch that brought it, also when that holds other regions too.
            let brought = try #require(seen.items.first { $0.batch == administrators.id })
            let trace: LineageTrace = try await steward.get("/v1/lineage/\(brought.lineage)")
            #expect(trace.origin?.batch == administrators.id)
            // The bytes of a batch that holds nothing of theirs are known, and nothing is told of it.
            let alien = try platform.write(
                "alien.csv",
                "indicator,region,period,value\nyuhang.economy.gdp,\(Self.foreign),2019,7\n"
            )
            #expect(try await platform.submit(alien, to: "monthly.indicators").state == .committed)
            let known = await code {
                try await steward.upload(
                    "/v1/batches",
                    query: ["dataset": "monthly.indicators", "filename": "alien.csv"],
                    file: alien,
                    contentType: "text/csv",
                    as: Batch.self
                )
            }
            #expect(known == "FILE_KNOWN_ELSEWHERE")

            // Rehearsal and commit decide alike.
            let rehearsed = try await steward.upload(
                "/v1/batches",
                query: ["dataset": "monthly.indicators", "mode": "partial", "rehearse": "true"],
                file: try platform.write("third.csv", text.replacing(",2021,", with: ",2023,")),
                contentType: "text/csv",
                as: Batch.self
            ).body
            #expect(rehearsed.receipt?.created == 1)
            #expect(rehearsed.conflicts.map(\.code) == [.regionNotPermitted])
        }
    }

    @Test("records of other regions are not found; what lies in no region is not theirs to import")
    func foreignRecords() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let token = APIToken()
            try await platform.pool.addUser("officer", role: "registry_officer", region: Self.own, token: token)
            try await platform.pool.addUser("officer", role: "statistician", region: Self.own, token: APIToken())
            let officer = try platform.client(token: token.text)
            let plans: Page<Plan> = try await platform.client.get("/v1/plans")
            let seen: Page<Plan> = try await officer.get("/v1/plans")
            // Yuhang and what lies in it, in deploy/reference/plans.csv and regions.csv.
            #expect(seen.items.map(\.code) == ["liangzhu_new_town.fyp14", "qianjiang_edz.fyp14", "yuhang.fyp14"])
            let theirs = try #require(plans.items.first { plan in !seen.items.contains { $0.code == plan.code } })
            #expect(await code { try await officer.bytes("/v1/plans/\(theirs.code)") } == "NOT_FOUND")
            let assess: (PlatformClient, String) async throws -> Assessment = { client, plan in
                try await client.post("/v1/assessments", body: AssessmentRequest(plan: plan, period: nil, asOf: nil))
            }
            #expect(await code { try await assess(officer, theirs.code) } == "NOT_FOUND")
            let made = try await assess(platform.client, theirs.code)
            #expect(await code { try await officer.bytes("/v1/assessments/\(made.id)") } == "NOT_FOUND")
            #expect(try await assess(officer, "yuhang.fyp14").plan.region == Self.own)
            let refused = await code {
                try await officer.upload(
                    "/v1/regions/import",
                    file: ReferenceData.file("regions.csv"),
                    contentType: "text/csv",
                    as: Batch.self
                )
            }
            #expect(refused == "PERMISSION_DENIED")
        }
    }
}
