import DomainModel
import Foundation
import PlatformClient
import Testing

/// The search box over records that were made through the live service, as its database role.
@Suite("Searching records", .timeLimit(.minutes(5)))
struct SearchRoutesTests {
    private struct Order: Encodable {
        var key: String
        var attributes: Attributes
    }

    private struct Patch: Encodable {
        var reason: String
        var isCorrection: Bool
        var attributes: Attributes
    }

    @Test("a record is found by its names as soon as it is written, and no longer once it is withdrawn")
    func life() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            func found(_ text: String, kind: String? = nil) async throws -> [String] {
                let page: Page<FoundRecord> = try await client.get("/v1/search", query: ["q": text, "kind": kind])
                return page.items.map { "\($0.key) \($0.match.rawValue) \($0.shown)" }
            }
            let person: Attributes = [
                "name_zh": .text("林致远"), "region": .text("330110"), "orcid": .text("0000-0002-1825-0097"),
            ]
            let made: HTTPReply<RegistryRecord> = try await client.reply(
                post: "/v1/talents",
                body: Order(key: "t1", attributes: person)
            )
            let firm: Attributes = ["name_zh": .text("林间科技有限公司"), "region": .text("330110")]
            _ = try await client.post(
                "/v1/enterprises",
                body: Order(key: "e1", attributes: firm),
                as: RegistryRecord.self
            )
            #expect(try await found("林致远") == ["t1 exact 林致远"])
            #expect(try await Set(found("林")) == ["e1 prefix 林间科技有限公司", "t1 prefix 林致远"])
            #expect(try await found("林", kind: "talent") == ["t1 prefix 林致远"])
            #expect(try await found("LinZhi") == ["t1 pinyin 林致远"])
            #expect(try await found("lzy") == ["t1 initials 林致远"])
            #expect(try await found("科技") == ["e1 overlap 林间科技有限公司"])
            #expect(try await found("0000-0002-1825-0097") == ["t1 exact 0000-0002-1825-0097"])
            #expect(try await found("t1") == ["t1 exact t1"])
            #expect(try await found("…") == [])
            for (name, code) in [("region", "33011"), ("tier", "topp"), ("title", "nhtee"), ("warning", "relocatio")] {
                let refused = await Sent.refusal {
                    try await client.get("/v1/search", query: ["q": "林", name: code], as: FoundRecords.self)
                }
                #expect(
                    refused?.code == "PARAMETER_INVALID" && refused?.detail.en.contains("near: ") == true,
                    "\(name)"
                )
            }

            let tag = try #require(made["ETag"])
            let mend = Patch(reason: "typing error", isCorrection: true, attributes: ["name_zh": .text("林志远")])
            let mended: HTTPReply<RegistryRecord> = try await client.matching(tag).patch("/v1/talents/t1", body: mend)
            #expect(try await found("林致远") == [])
            #expect(try await found("林志远") == ["t1 exact 林志远"])

            let typed = try await Program.ceyuan(["search", "lin", "zhi", "--format", "csv"], on: platform)
            let line = "t1,talent,林志远,林志远,pinyin,name_zh,330110"
            #expect(typed.output == "key,kind,name,shown,match,field,region\r\n\(line)\r\n", "\(typed.error)")
            // Who is found by a number is told by name and place.
            let told = try await Program.ceyuan(["search", "0000-0002-1825-0097", "--language", "zh"], on: platform)
            for word in ["林志远", "0000-0002-1825-0097", "人才", "相同", "余杭区"] {
                #expect(told.output.contains(word), "\(word): \(told.output)")
            }
            let parts = try await Program.ceyuan(
                ["search", "林", "--facet", "region", "--language", "zh"],
                on: platform
            )
            #expect(parts.output.contains("余杭区"), "\(parts.output)")

            try await client.matching(try #require(mended["ETag"]))
                .delete("/v1/records/t1", query: ["reason": "made twice"])
            #expect(try await found("林志远") == [])
        }
    }
}
