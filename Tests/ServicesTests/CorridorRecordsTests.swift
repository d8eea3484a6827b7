import DomainModel
import Foundation
import PlatformClient
import Testing

/// The corridor's own platforms and programmes, as `deploy/reference` has them: records like any others.
@Suite("Platforms and programmes of the corridor", .timeLimit(.minutes(10)))
struct CorridorRecordsTests {
    @Test("they are imported, say where they were printed, are found and listed; the same files have no effect")
    func life() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            for (kind, count) in [("platform", Int64(189)), ("programme", 79)] {
                let file = ReferenceData.file("\(kind)s.csv")
                let batch = try await platform.importFile("\(kind)s", file)
                #expect(batch.state == .committed, "\(batch.conflicts)")
                #expect(batch.receipt?.created == count && batch.receipt?.rows == count)
                #expect(try await platform.importFile("\(kind)s", file) == batch)
            }
            try await platform.waitForSettling()
            let client = try platform.client
            let one: RegistryRecord = try await client.get("/v1/platforms/lab.zhijiang")
            #expect(one.attributes["status"] == .text("operating") && one.attributes["type"] == .text("provincial_lab"))
            #expect(one.attributes["status_printed"] == .text("operating; to become a national laboratory"))
            #expect(one.attributes["source_file"] == .text("000_694e92033c9f4141.txt"))
            #expect(one.attributes["source_locator"] == .text("§三(一) 构建新型实验室体系"))
            let programme: RegistryRecord = try await client.get("/v1/programmes/innovation_talent")
            let measured = ["corridor.talent.total", "corridor.talent.top_leading_introduced"]
            #expect(programme.attributes["indicators"] == .list(measured.map { .text($0) }))
            let national: Page<RegistryRecord> = try await client.get(
                "/v1/platforms",
                query: ["field": "type:national_lab"]
            )
            #expect(national.items.map(\.key) == ["lab.zhijiang.national"])
            let talents: Page<RegistryRecord> = try await client.get(
                "/v1/programmes",
                query: ["field": "subject:talent", "limit": "100"]
            )
            #expect(talents.items.count == 22)
            let found: Page<FoundRecord> = try await client.get(
                "/v1/search",
                query: ["q": "zhijiang", "kind": "platform"]
            )
            #expect(found.items.contains { $0.key == "lab.zhijiang" })

            let shown = try await Program.ceyuan(["platform", "show", "lab.zhijiang"], on: platform)
            #expect(shown.status == 0 && shown.output.contains("之江实验室"), "\(shown.error)")
            let question =
                "access explain --principal user:test --permission record.read --record record/lab.zhijiang"
            let access = try await Program.ceyuan(question.split(separator: " ").map(String.init), on: platform)
            #expect(access.status == 0, "\(access.error)")
            let verified = try await Program.ceyuan(["audit", "verify", "--records"], on: platform)
            #expect(verified.status == 0, "\(verified.output)")
            #expect(!verified.output.contains("platform: 0"), "\(verified.output)")
        }
    }
}
