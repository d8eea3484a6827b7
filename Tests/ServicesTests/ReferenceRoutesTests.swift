import DomainModel
import Foundation
import PlatformClient
import Testing

/// List, get and import of reference records over HTTP.
@Suite("Reference records over HTTP")
struct ReferenceRoutesTests {
    @Test("every kind is listed page by page and found by its key")
    func lists() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            func count<Item: Codable & Sendable>(_ plural: String, of type: Item.Type) async throws -> Int {
                var items = 0
                for try await page in client.pages("/v1/\(plural)", query: ["limit": "50"], of: type) {
                    items += page.items.count
                }
                return items
            }
            #expect(try await count("regions", of: Region.self) == 125)
            #expect(try await count("classifications", of: Classification.self) == 334)
            #expect(try await count("indicators", of: Indicator.self) == 410)
            #expect(try await count("plans", of: Plan.self) == 9)
            #expect(try await count("targets", of: Target.self) == 256)
            #expect(try await count("datasets", of: Dataset.self) == 2)

            let region: Region = try await client.get("/v1/regions/330110")
            #expect(region.name.zh == "余杭区")
            let term: Classification = try await client.get("/v1/classifications/platform_type/national_lab")
            #expect(term.vocabulary == "platform_type")
            let targets: Page<Target> = try await client.get(
                "/v1/targets",
                query: ["plan": "yuhang.fyp14", "indicator": "yuhang.economy.gdp", "limit": "1"]
            )
            let listed = try #require(targets.items.first)
            let target: Target = try await client.get("/v1/targets/\(try #require(listed.lineage))")
            #expect(target == listed)
            let districts: Page<Region> = try await client.get("/v1/regions", query: ["level": "district"])
            #expect(districts.items.count == 20)
        }
    }

    @Test("an unknown key and a made-up cursor are told apart from an empty list")
    func unknown() async throws {
        try await LivePlatform.run { platform in
            let client = try platform.client
            let empty: Page<Region> = try await client.get("/v1/regions")
            #expect(empty.items.isEmpty)
            #expect(empty.next == nil)
            await #expect(throws: PlatformClientError.self) {
                let _: Region = try await client.get("/v1/regions/nowhere")
            }
            await #expect(throws: PlatformClientError.self) {
                let _: Page<Target> = try await client.get("/v1/targets", query: ["after": "nowhere"])
            }
        }
    }

    @Test("a rehearsed import writes nothing, a refused one answers with its conflicts, an empty file is one")
    func imports() async throws {
        try await LivePlatform.run { platform in
            let before = try await platform.rowCounts()
            let regions = ReferenceData.file("regions.csv")
            let rehearsed = try await platform.importRecords("regions", regions, rehearse: true)
            #expect(rehearsed.state == .rehearsed)
            #expect(try await platform.rowCounts() == before)
            let plans = try await platform.importRecords("plans", ReferenceData.file("plans.csv"))
            #expect(plans.state == .refused)
            #expect(plans.conflicts.first?.code == .referenceUnknown)
            #expect(plans.receipt?.rejected == 9)
            let committed = try await platform.importRecords("regions", regions)
            #expect(committed.receiptDigest == rehearsed.receiptDigest)
            let again = try await platform.importRecords("regions", regions)
            #expect(again.id == committed.id)
            let empty = try await platform.importRecords("regions", try platform.write("empty.csv", ""))
            #expect(empty.conflicts.map(\.code) == [.fileEmpty])
        }
    }
}
