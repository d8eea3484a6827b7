import DomainModel
import Foundation
import PlatformClient
import PostgresClient
import ServiceKit
import Testing

/// Records through the live service and its real database role.
@Suite("Records", .timeLimit(.minutes(5)))
struct RecordRoutesTests {
    @Test("a talent is made, changed, corrected, closed and withdrawn; the past stays")
    func life() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            let order = Sent.Record(
                from: "2020-01-01",
                reason: "introduced",
                attributes: ["name_zh": .text("林知远"), "region": .text("330110"), "major": .text("物理")]
            )
            let made: HTTPReply<RegistryRecord> = try await client.reply(post: "/v1/talents", body: order)
            let key = made.body.key
            let path = "/v1/talents/\(key)"
            #expect(made.status == 201 && made["Location"] == path)
            let first = try #require(made["ETag"])
            let read: HTTPReply<RegistryRecord> = try await client.reply(get: path)
            #expect(read.body == made.body && read["ETag"] == first)

            let change = Sent.Patch(from: "2022-01-01", attributes: ["major": .text("化学"), "degree": .text("doctor")])
            let changed: HTTPReply<RegistryRecord> = try await client.matching(first).patch(path, body: change)
            #expect(
                changed.body.attributes["major"] == .text("化学") && changed.body.from == CivilDate(iso: "2022-01-01")
            )
            let known = changed.body.recorded.at

            // Who has seen the first version is told the present one and the one that they saw.
            let stale = await Sent.refusal {
                try await client.matching(first).patch(path, body: change, as: RegistryRecord.self)
            }
            #expect(stale?.code == "PRECONDITION_FAILED")
            #expect(stale?.member("present", as: RegistryRecord.self)?.attributes["major"] == .text("化学"))
            #expect(stale?.member("seen", as: RegistryRecord.self)?.attributes["major"] == .text("物理"))
            let blind = await Sent.refusal { try await client.patch(path, body: change, as: RegistryRecord.self) }
            #expect(blind?.code == "PRECONDITION_REQUIRED")

            let mend = Sent.Patch(
                from: "2020-01-01",
                isCorrection: true,
                reason: "typing error",
                attributes: ["name_zh": .text("林致远"), "degree": .none]
            )
            let second = try #require(changed["ETag"])
            let mended: HTTPReply<RegistryRecord> = try await client.matching(second).patch(path, body: mend)
            #expect(mended.body.attributes["name_zh"] == .text("林致远"))
            func name(_ query: Query) async throws -> [String?] {
                let record: RegistryRecord = try await client.get(path, query: query)
                return ["name_zh", "major"].map { record.attributes[$0]?.text }
            }
            #expect(try await name(["validAt": "2021-06-30"]) == ["林致远", "物理"])
            #expect(try await name(["asOf": known.description]) == ["林知远", "化学"])
            #expect(try await name(["asOf": known.description, "validAt": "2021-06-30"]) == ["林知远", "物理"])

            let history: [FieldChange] = try await client.get("/v1/records/\(key)/history", query: ["field": "name_zh"])
            #expect(history.map(\.new) == [.text("林知远"), .text("林致远"), .text("林致远")])
            #expect(history.last?.recorded.reason == "typing error" && history.last?.isCorrection == true)

            let past: Query = ["field": "name_zh", "asOf": known.description, "validAt": "2023-01-01"]
            let believed: [FieldChange] = try await client.get("/v1/records/\(key)/history", query: past)
            #expect(believed.map(\.new) == [.text("林知远")])
            let mistyped = await Sent.refusal {
                try await client.get("/v1/records/\(key)/history", query: ["field": "nmae_zh"], as: [FieldChange].self)
            }
            #expect(mistyped?.code == "PARAMETER_INVALID" && mistyped?.detail.en.contains("name_zh") == true)
            // A record that was not yet there says so, and since when it is.
            for (query, since) in [
                (["validAt": "2019-12-31"], "2020-01-01"), (["asOf": "2001-01-01T00:00:00Z"], "first recorded"),
            ] as [(Query, String)] {
                for suffix in ["", "/page"] {
                    let early = await Sent.refusal {
                        try await client.bytes("/v1/records/\(key)\(suffix)", query: query)
                    }
                    #expect(early?.code == "NOT_FOUND" && early?.detail.en.contains(since) == true, "\(suffix)")
                }
            }

            let third = try #require(mended["ETag"])
            let closed: RegistryRecord = try await client.matching(third)
                .post("/v1/records/\(key)/close", body: Sent.Ending(from: "2023-01-01", reason: "left"))
            #expect(closed.state == .closed)
            let fourth: HTTPReply<RegistryRecord> = try await client.reply(get: path)
            try await client.matching(try #require(fourth["ETag"]))
                .delete("/v1/records/\(key)", query: ["reason": "made twice"])
            #expect(await Sent.refusal { try await client.get(path, as: RegistryRecord.self) }?.code == "RECORD_ENDED")
            #expect(try await name(["asOf": known.description]) == ["林知远", "化学"])

            // The trail has each of the deeds, and each record is as its last event says.
            let verbs = try await platform.pool.query(
                "SELECT action FROM audit.event WHERE subject_key = \(key) ORDER BY occasion"
            ).map { try $0.decode(String.self) }
            #expect(
                verbs == ["record.create", "record.change", "record.correct", "record.close", "record.withdraw"]
            )
        }
    }

    @Test("the day on which a record begins is corrected, earlier and later; what was believed stays known")
    func beginning() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            let order = Sent.Record(key: "T-b", from: "2022-01-01", attributes: ["name_zh": .text("林知远")])
            let made: HTTPReply<RegistryRecord> = try await client.reply(post: "/v1/talents", body: order)
            func set(_ arguments: String...) async throws -> Program.Outcome {
                try await Program.ceyuan(["talent", "set", "T-b"] + arguments, on: platform)
            }
            func name(_ query: Query) async throws -> String? {
                let record: RegistryRecord = try await client.get("/v1/talents/T-b", query: query)
                return record.attributes["name_zh"]?.text
            }
            let early = try await set("major=物理", "--from", "2021-01-01")
            #expect(early.status == 1 && early.error.contains("begins"), "\(early)")
            #expect(try await set("--begins", "2020-01-01").status == 2)
            let moved = try await set("--begins", "2020-01-01", "--reason", "the contract says so")
            #expect(moved.status == 0, "\(moved)")
            #expect(try await name(["validAt": "2020-06-30"]) == "林知远")
            let known = made.body.recorded.at.description
            let then = await Sent.refusal { try await name(["validAt": "2020-06-30", "asOf": known]) }
            #expect(then?.detail.en.contains("2022-01-01") == true)
            let steps: [FieldChange] = try await client.get("/v1/records/T-b/history", query: ["field": "name_zh"])
            #expect(steps.map(\.from?.isoText) == ["2022-01-01", "2020-01-01"])
            #expect(steps.allSatisfy { $0.old == nil && $0.new == .text("林知远") })

            _ = try await set("major=物理", "--from", "2023-01-01")
            #expect(try await set("--begins", "2024-01-01", "--reason", "came later").status == 0)
            let last: RegistryRecord = try await client.get("/v1/talents/T-b")
            #expect(last.from?.isoText == "2024-01-01" && last.attributes["major"] == .text("物理"))
            #expect(await Sent.refusal { try await name(["validAt": "2023-06-30"]) }?.code == "NOT_FOUND")
        }
    }

    @Test("what is wrong is told field by field, all of it")
    func faults() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            let order = Sent.Record(attributes: [
                "orcid": .text("0000-0002-1825-0098"), "birth_date": .text("2999-01-01"), "degree": .text("dr"),
                "resident_id": .text("11010519491231002X"), "nmae_zh": .text("甲"), "region": .text("330103"),
            ])
            let told = await Sent.refusal { try await client.post("/v1/talents", body: order, as: RegistryRecord.self) }
            #expect(told?.code == "RECORD_INVALID" && told?.status == 422)
            #expect(
                Set(Sent.codes(told)) == [
                    .identifierCheckDigit, .birthDateImpossible, .termUnknown, .fieldSealed, .fieldUnknown,
                    .regionUnknown,
                    .fieldMissing,
                ]
            )
            let text = String(describing: told?.member("conflicts", as: [Conflict].self))
            #expect(!text.contains("11010519491231002X") && !text.contains("2999-01-01"))
            let firm = Sent.Record(attributes: ["name_zh": .text("公司"), "division": .text("330103")])
            let retired = await Sent.refusal {
                try await client.post("/v1/enterprises", body: firm, as: RegistryRecord.self)
            }
            #expect(Sent.codes(retired) == [.divisionRetired])
            let ok = Sent.Record(key: "E-x", attributes: ["name_zh": .text("公司")])
            _ = try await client.post("/v1/enterprises", body: ok, as: RegistryRecord.self)
            let again = await Sent.refusal { try await client.post("/v1/teams", body: ok, as: RegistryRecord.self) }
            #expect(again?.code == "RECORD_KEY_TAKEN")
            #expect(
                await Sent.refusal { try await client.get("/v1/talents/E-x", as: RegistryRecord.self) }?.code
                    == "NOT_FOUND"
            )
        }
    }

    @Test("personal fields are shown for a purpose alone, and the reading is recorded")
    func privacy() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            let order = Sent.Record(
                key: "p",
                attributes: ["name_zh": .text("甲"), "birth_date": .text("1980-05-17"), "region": .text("330110")]
            )
            let made: RegistryRecord = try await client.post("/v1/talents", body: order)
            #expect(made.attributes["birth_date"] == nil && made.masked == ["birth_date"])
            let listed: Page<RegistryRecord> = try await client.get("/v1/talents", query: ["region": "330110"])
            #expect(listed.items.map(\.masked) == [["birth_date"]])
            let history: [FieldChange] = try await client.get("/v1/records/p/history", query: ["field": "birth_date"])
            #expect(history.map(\.isMasked) == [true] && history.first?.new == nil)

            let shown: RegistryRecord = try await client.get("/v1/talents/p", query: ["purpose": "visa of A. B."])
            #expect(shown.attributes["birth_date"] == .text("1980-05-17"))
            let events = try await platform.pool.query(
                "SELECT principal, reason FROM audit.event WHERE action = 'record.read' AND subject_key = 'p'"
            ).map { try $0.decode((String, String).self) }
            #expect(events.map(\.1) == ["visa of A. B."])
            #expect(events.map(\.0) == ["user:test"])
            // No value about a person stands in the trail, nor in the feed.
            let leaks = try await platform.pool.queryOne(
                """
                SELECT (SELECT count(*) FROM audit.event e WHERE e::text LIKE '%1980-05-17%')
                    + (SELECT count(*) FROM outbox.event o WHERE o::text LIKE '%1980-05-17%')
                """
            )
            #expect(try leaks?.decode(Int64.self) == 0)

            let token = APIToken()
            try await platform.pool.addUser("viewer", role: "viewer", token: token)
            let viewer = try platform.client(token: token.text)
            #expect(try await viewer.get("/v1/talents/p", as: RegistryRecord.self).masked == ["birth_date"])
            let denied = await Sent.refusal {
                try await viewer.get("/v1/talents/p", query: ["purpose": "x"], as: RegistryRecord.self)
            }
            #expect(denied?.code == "PERMISSION_DENIED")
        }
    }
}
