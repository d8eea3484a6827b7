import DomainModel
import Foundation
import PlatformClient
import PostgresClient
import ServiceKit
import Testing

/// Statements about records through the live service, in one district and across districts.
@Suite("Statements", .timeLimit(.minutes(5)))
struct StatementRoutesTests {
    @Test("posts add up to one, follow one another, end and are withdrawn; the page shows both ends")
    func statements() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            for (path, key, name) in [("talents", "p", "甲"), ("enterprises", "e", "公司"), ("enterprises", "f", "集团")] {
                let order = Sent.Record(key: key, attributes: ["name_zh": .text(name)])
                _ = try await client.post("/v1/\(path)", body: order, as: RegistryRecord.self)
            }
            let say = "/v1/records/p/statements"
            func post(_ object: String, _ share: String, _ from: String, _ until: String? = nil) -> Sent.Statement {
                Sent.Statement(type: "employment", object: object, term: "dual", share: share, from: from, until: until)
            }
            let one: RegistryStatement = try await client.post(say, body: post("e", "0.6", "2020-01-01"))
            #expect(one.subject == "p" && one.object == "e" && one.share == ExactDecimal("0.6"))
            let over = await Sent.refusal {
                try await client.post(say, body: post("f", "0.5", "2021-01-01"), as: RegistryStatement.self)
            }
            #expect(Sent.codes(over) == [.shareOverOne])
            let overlap = await Sent.refusal {
                try await client.post(say, body: post("e", "0.1", "2021-01-01"), as: RegistryStatement.self)
            }
            #expect(Sent.codes(overlap) == [.statementOverlap])
            let stranger = await Sent.refusal {
                try await client.post(say, body: post("nobody", "0.1", "2021-01-01"), as: RegistryStatement.self)
            }
            #expect(Sent.codes(stranger) == [.referenceUnknown])

            let half: RegistryStatement = try await client.post(
                "/v1/statements/\(one.number)/change",
                body: Sent.Ending(from: "2021-01-01", share: "0.5", reason: "less")
            )
            #expect(half.number != one.number && half.from == CivilDate(iso: "2021-01-01"))
            _ = try await client.post(say, body: post("f", "0.5", "2021-01-01"), as: RegistryStatement.self)
            let ended: RegistryStatement = try await client.post(
                "/v1/statements/\(half.number)/end",
                body: Sent.Ending(until: "2024-01-01", reason: "left")
            )
            #expect(ended.number == half.number && ended.until == CivilDate(iso: "2024-01-01"))
            let mended: RegistryStatement = try await client.post(
                "/v1/statements/\(half.number)/correct",
                body: Sent.Statement(
                    type: "employment",
                    object: "e",
                    term: "full_time",
                    share: "0.5",
                    from: "2021-01-01",
                    until: "2024-01-01",
                    reason: "wrong mode"
                )
            )
            #expect(mended.term == "full_time")
            let said: [RegistryStatement] = try await client.get("/v1/statements/\(half.number)/history")
            #expect(said.map(\.term) == ["dual", "dual", "full_time"])

            let page: Sent.Around = try await client.get("/v1/records/e/page")
            #expect(page.record.key == "e" && page.statements.isEmpty)
            #expect(page.incoming.map(\.share) == [ExactDecimal("0.6"), ExactDecimal("0.5")])
            #expect(page.related == [RelatedName(key: "p", kind: .talent, name: "甲")])
            let day: Page<RegistryStatement> = try await client.get(
                "/v1/statements",
                query: ["subject": "p", "validAt": "2025-01-01"]
            )
            #expect(day.items.map(\.object) == ["f"])
            try await client.delete("/v1/statements/\(one.number)", query: ["reason": "never was"])
            let left: Page<RegistryStatement> = try await client.get("/v1/statements", query: ["object": "e"])
            #expect(left.items.map(\.number) == [half.number])
        }
    }

    @Test("an officer of one district keeps its records, and relates them to those of others")
    func regions() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            let token = APIToken()
            try await platform.pool.addUser("officer", role: "registry_officer", region: "330110", token: token)
            let officer = try platform.client(token: token.text)
            func order(_ key: String, _ region: String?) -> Sent.Record {
                var attributes: Attributes = ["name_zh": .text(key)]
                if let region { attributes["region"] = .text(region) }
                return Sent.Record(key: key, attributes: attributes)
            }
            let own: HTTPReply<RegistryRecord> = try await officer.reply(
                post: "/v1/talents",
                body: order("own", "330110")
            )
            for foreign in ["330106", nil] {
                let denied = await Sent.refusal {
                    try await officer.post("/v1/talents", body: order("foreign", foreign), as: RegistryRecord.self)
                }
                #expect(denied?.code == "PERMISSION_DENIED")
            }
            _ = try await client.post("/v1/enterprises", body: order("firm", "330106"), as: RegistryRecord.self)
            #expect(
                await Sent.refusal { try await officer.get("/v1/enterprises/firm", as: RegistryRecord.self) }?.code
                    == "NOT_FOUND"
            )
            let saying = Sent.Statement(
                type: "employment",
                object: "firm",
                term: "flexible",
                share: "0.2",
                from: "2020-01-01"
            )
            let said: RegistryStatement = try await officer.post("/v1/records/own/statements", body: saying)
            #expect(said.object == "firm")
            let page: Sent.Around = try await officer.get("/v1/records/own/page")
            #expect(page.statements.map(\.object) == ["firm"] && page.related.isEmpty)
            // Moving a record out of one's own district takes the permission for the other one.
            let now: HTTPReply<RegistryRecord> = try await officer.reply(get: "/v1/talents/own")
            let move = Sent.Patch(attributes: ["region": .text("330106")])
            let denied = await Sent.refusal {
                try await officer.matching(now["ETag"] ?? "").patch(
                    "/v1/talents/own",
                    body: move,
                    as: RegistryRecord.self
                )
            }
            #expect(denied?.code == "PERMISSION_DENIED")
            #expect(own["ETag"] != now["ETag"])
        }
    }
}
