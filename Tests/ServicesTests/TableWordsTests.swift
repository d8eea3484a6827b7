import DomainModel
import Foundation
import PlatformClient
import Testing

/// What people read of the register at a terminal, through the live service.
@Suite("Tables in words", .timeLimit(.minutes(5)))
struct TableWordsTests {
    @Test("tables in Chinese have words where there are words; JSON and CSV have codes")
    func words() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            func run(_ line: String) async throws -> String {
                let outcome = try await Program.ceyuan(line.split(separator: " ").map(String.init), on: platform)
                #expect(outcome.status == 0, "\(line): \(outcome.error)")
                return outcome.output
            }
            let name = "name_zh=林致远"
            _ = try await run("talent add --key T-1 \(name) degree=doctor region=330110 --from 2020-01-01")
            _ = try await run("talent add --key T-2 \(name) degree=master region=330106 orcid=0000-0002-1825-0097")
            _ = try await run("enterprise add --key E-1 name_zh=某公司 region=330110")
            let said = try await run(
                "talent say T-1 employment --object E-1 --term dual --from 2024-01-01 category=research --language zh"
            )
            #expect(said.contains("岗位类别：科研") && said.contains("双聘") && !said.contains("research"), "\(said)")
            _ = try await run("talent close T-2 --reason gone")

            let history = try await run("talent history T-1 --language zh")
            #expect(history.contains("最高学位") && history.contains("博士") && history.contains("余杭区"), "\(history)")
            #expect(!history.contains("degree") && !history.contains("doctor"))
            #expect(try await run("talent history T-2 --language zh").contains("已关闭"))
            let codes = try await run("talent history T-1 --format csv --language zh")
            #expect(codes.contains(",degree,,doctor,"), "\(codes)")

            let listed = try await run("statement list --subject T-1 --language zh")
            #expect(listed.contains("岗位类别：科研") && !listed.contains("category"), "\(listed)")
            let kept = try await run("statement history 1 --language zh")
            #expect(kept.contains("岗位类别：科研") && kept.contains("任职"), "\(kept)")
            let merge = try await run("record merge T-1 T-2 --reason one --rehearse --language zh")
            #expect(merge.contains("最高学位") && merge.contains("硕士") && merge.contains("西湖区"), "\(merge)")
            #expect(merge.contains("存续记录") && !merge.contains("name_zh") && !merge.contains("master"))
            let changes = try await run("changes list --language zh")
            #expect(changes.contains("人才") && changes.contains("新建") && !changes.contains("created"), "\(changes)")
            let erasure = try await run("erase rehearse T-1 --language zh")
            #expect(erasure.contains("中文姓名") && erasure.contains("任职·岗位类别"), "\(erasure)")
        }
    }

    @Test("a pair that may be one is shown side by side in words")
    func duplicates() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            for (key, degree) in [("a", "doctor"), ("b", "master")] {
                let record = Sent.Record(
                    key: key,
                    attributes: [
                        "name_zh": .text("林致远"), "degree": .text(degree), "region": .text("330110"),
                        "orcid": .text("0000-0002-1825-0097"),
                    ]
                )
                _ = try await client.post("/v1/talents", body: record, as: RegistryRecord.self)
            }
            let found = try await Program.ceyuan(["duplicate", "find", "talent", "--language", "zh"], on: platform)
            #expect(found.status == 0 && found.output.contains("人才"), "\(found)")
            let pairs: Page<DuplicateCandidate> = try await client.get("/v1/duplicates")
            let pair = try #require(pairs.items.first)
            let shown = try await Program.ceyuan(["duplicate", "show", "\(pair.id)", "--language", "zh"], on: platform)
            #expect(shown.output.contains("待判定") && shown.output.contains("博士") && shown.output.contains("余杭区"))
            #expect(!shown.output.contains("degree") && !shown.output.contains("open"), "\(shown.output)")
            let codes = try await Program.ceyuan(["duplicate", "show", "\(pair.id)", "--format", "csv"], on: platform)
            #expect(codes.output.contains("degree,doctor,master"), "\(codes.output)")
        }
    }
}
