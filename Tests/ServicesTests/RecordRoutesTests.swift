import DomainModel
import Foundation
import PlatformClient
import PostgresClient
import ServiceKit
import Testing

/// Records and statements through the live service and its real database role.
@Suite("Records", .timeLimit(.minutes(5)))
struct RecordRoutesTests {
    private struct Order: Encodable {
        var key: String?
        var from: String?
        var reason: String?
        var attributes: Attributes
    }

    private struct Patch: Encodable {
        var from: String?
        var isCorrection: Bool?
        var reason: String?
        var attributes: [String: AttributeValue?]
    }

    private struct Saying: Encodable {
        var type: String
        var object: String?
        var term: String?
        var share: String?
        var from: String?
        var until: String?
        var attributes: Attributes?
        var reason: String?
    }

    private struct Ending: Encodable {
        var until: String?
        var from: String?
        var share: String?
        var reason: String
    }

    private struct Around: Decodable {
        let record: RegistryRecord
        let statements: [RegistryStatement]
        let incoming: [RegistryStatement]
        let related: [RelatedName]
    }

    private func refusal(_ body: () async throws -> some Any) async -> ProblemDetails? {
        do {
            _ = try await body()
            return nil
        } catch {
            return problem(error as? PlatformClientError)
        }
    }

    private func codes(_ details: ProblemDetails?) -> [ConflictCode] {
        (details?.member("conflicts", as: [Conflict].self) ?? []).map(\.code)
    }

    @Test("a talent is made, changed, corrected, closed and withdrawn; the past stays")
    func life() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            let order = Order(
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

            let change = Patch(from: "2022-01-01", attributes: ["major": .text("化学"), "degree": .text("doctor")])
            let changed: HTTPReply<RegistryRecord> = try await client.matching(first).patch(path, body: change)
            #expect(
                changed.body.attributes["major"] == .text("化学") && changed.body.from == CivilDate(iso: "2022-01-01")
            )
            let known = changed.body.recorded.at

            // Who has seen the first version is told the present one and the one that they saw.
            let stale = await refusal {
                try await client.matching(first).patch(path, body: change, as: RegistryRecord.self)
            }
            #expect(stale?.code == "PRECONDITION_FAILED")
            #expect(stale?.member("present", as: RegistryRecord.self)?.attributes["major"] == .text("化学"))
            #expect(stale?.member("seen", as: RegistryRecord.self)?.attributes["major"] == .text("物理"))
            let blind = await refusal { try await client.patch(path, body: change, as: RegistryRecord.self) }
            #expect(blind?.code == "PRECONDITION_REQUIRED")

            let mend = Patch(
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

            let third = try #require(mended["ETag"])
            let closed: RegistryRecord = try await client.matching(third)
                .post("/v1/records/\(key)/close", body: Ending(from: "2023-01-01", reason: "left"))
            #expect(closed.state == .closed)
            let fourth: HTTPReply<RegistryRecord> = try await client.reply(get: path)
            try await client.matching(try #require(fourth["ETag"]))
                .delete("/v1/records/\(key)", query: ["reason": "made twice"])
            #expect(await refusal { try await client.get(path, as: RegistryRecord.self) }?.code == "RECORD_ENDED")
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

    @Test("what is wrong is told field by field, all of it")
    func faults() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            let order = Order(attributes: [
                "orcid": .text("0000-0002-1825-0098"), "birth_date": .text("2999-01-01"), "degree": .text("dr"),
                "resident_id": .text("11010519491231002X"), "nmae_zh": .text("甲"), "region": .text("330103"),
            ])
            let told = await refusal { try await client.post("/v1/talents", body: order, as: RegistryRecord.self) }
            #expect(told?.code == "RECORD_INVALID" && told?.status == 422)
            #expect(
                Set(codes(told)) == [
                    .identifierCheckDigit, .birthDateImpossible, .termUnknown, .fieldSealed, .fieldUnknown,
                    .regionUnknown,
                    .fieldMissing,
                ]
            )
            let text = String(describing: told?.member("conflicts", as: [Conflict].self))
            #expect(!text.contains("11010519491231002X") && !text.contains("2999-01-01"))
            let firm = Order(attributes: ["name_zh": .text("公司"), "division": .text("330103")])
            let retired = await refusal {
                try await client.post("/v1/enterprises", body: firm, as: RegistryRecord.self)
            }
            #expect(codes(retired) == [.divisionRetired])
            let ok = Order(key: "E-x", attributes: ["name_zh": .text("公司")])
            _ = try await client.post("/v1/enterprises", body: ok, as: RegistryRecord.self)
            let again = await refusal { try await client.post("/v1/teams", body: ok, as: RegistryRecord.self) }
            #expect(again?.code == "RECORD_KEY_TAKEN")
            #expect(
                await refusal { try await client.get("/v1/talents/E-x", as: RegistryRecord.self) }?.code == "NOT_FOUND"
            )
        }
    }

    @Test("posts add up to one, follow one another, end and are withdrawn; the page shows both ends")
    func statements() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            for (path, key, name) in [("talents", "p", "甲"), ("enterprises", "e", "公司"), ("enterprises", "f", "集团")] {
                let order = Order(key: key, attributes: ["name_zh": .text(name)])
                _ = try await client.post("/v1/\(path)", body: order, as: RegistryRecord.self)
            }
            let say = "/v1/records/p/statements"
            func post(_ object: String, _ share: String, _ from: String, _ until: String? = nil) -> Saying {
                Saying(type: "employment", object: object, term: "dual", share: share, from: from, until: until)
            }
            let one: RegistryStatement = try await client.post(say, body: post("e", "0.6", "2020-01-01"))
            #expect(one.subject == "p" && one.object == "e" && one.share == ExactDecimal("0.6"))
            let over = await refusal {
                try await client.post(say, body: post("f", "0.5", "2021-01-01"), as: RegistryStatement.self)
            }
            #expect(codes(over) == [.shareOverOne])
            let overlap = await refusal {
                try await client.post(say, body: post("e", "0.1", "2021-01-01"), as: RegistryStatement.self)
            }
            #expect(codes(overlap) == [.statementOverlap])
            let stranger = await refusal {
                try await client.post(say, body: post("nobody", "0.1", "2021-01-01"), as: RegistryStatement.self)
            }
            #expect(codes(stranger) == [.referenceUnknown])

            let half: RegistryStatement = try await client.post(
                "/v1/statements/\(one.number)/change",
                body: Ending(from: "2021-01-01", share: "0.5", reason: "less")
            )
            #expect(half.number != one.number && half.from == CivilDate(iso: "2021-01-01"))
            _ = try await client.post(say, body: post("f", "0.5", "2021-01-01"), as: RegistryStatement.self)
            let ended: RegistryStatement = try await client.post(
                "/v1/statements/\(half.number)/end",
                body: Ending(until: "2024-01-01", reason: "left")
            )
            #expect(ended.number == half.number && ended.until == CivilDate(iso: "2024-01-01"))
            let mended: RegistryStatement = try await client.post(
                "/v1/statements/\(half.number)/correct",
                body: Saying(
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

            let page: Around = try await client.get("/v1/records/e/page")
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

    @Test("personal fields are shown for a purpose alone, and the reading is recorded")
    func privacy() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            let order = Order(
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
            let denied = await refusal {
                try await viewer.get("/v1/talents/p", query: ["purpose": "x"], as: RegistryRecord.self)
            }
            #expect(denied?.code == "PERMISSION_DENIED")
        }
    }

    @Test("an officer of one district keeps its records, and relates them to those of others")
    func regions() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            let token = APIToken()
            try await platform.pool.addUser("officer", role: "registry_officer", region: "330110", token: token)
            let officer = try platform.client(token: token.text)
            func order(_ key: String, _ region: String?) -> Order {
                var attributes: Attributes = ["name_zh": .text(key)]
                if let region { attributes["region"] = .text(region) }
                return Order(key: key, attributes: attributes)
            }
            let own: HTTPReply<RegistryRecord> = try await officer.reply(
                post: "/v1/talents",
                body: order("own", "330110")
            )
            for foreign in ["330106", nil] {
                let denied = await refusal {
                    try await officer.post("/v1/talents", body: order("foreign", foreign), as: RegistryRecord.self)
                }
                #expect(denied?.code == "PERMISSION_DENIED")
            }
            _ = try await client.post("/v1/enterprises", body: order("firm", "330106"), as: RegistryRecord.self)
            #expect(
                await refusal { try await officer.get("/v1/enterprises/firm", as: RegistryRecord.self) }?.code
                    == "NOT_FOUND"
            )
            let saying = Saying(type: "employment", object: "firm", term: "flexible", share: "0.2", from: "2020-01-01")
            let said: RegistryStatement = try await officer.post("/v1/records/own/statements", body: saying)
            #expect(said.object == "firm")
            let page: Around = try await officer.get("/v1/records/own/page")
            #expect(page.statements.map(\.object) == ["firm"] && page.related.isEmpty)
            // Moving a record out of one's own district takes the permission for the other one.
            let now: HTTPReply<RegistryRecord> = try await officer.reply(get: "/v1/talents/own")
            let move = Patch(attributes: ["region": .text("330106")])
            let denied = await refusal {
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

    @Test("a field is added, typed, filled and filtered by")
    func custom() async throws {
        struct FieldOrder: Encodable {
            let kind: String
            let field: FieldDefinition
        }
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            let field = FieldDefinition(
                "x_room",
                "房间",
                "Room",
                .integer,
                range: (ExactDecimal(1), nil),
                source: "office"
            )
            let order = FieldOrder(kind: "talent", field: field)
            let added: FieldDefinition = try await client.post("/v1/record-model/fields", body: order)
            #expect(added == field)
            let again = await refusal {
                try await client.post("/v1/record-model/fields", body: order, as: FieldDefinition.self)
            }
            #expect(again?.code == "FIELD_TAKEN")
            let bad = FieldDefinition("room", "", "Room", .mail, isRequired: true, source: "office")
            let refused = await refusal {
                try await client.post(
                    "/v1/record-model/fields",
                    body: FieldOrder(kind: "talent", field: bad),
                    as: FieldDefinition.self
                )
            }
            #expect(
                refused?.member("conflicts", as: [Conflict].self)?.compactMap(\.field)
                    == ["code", "label", "isRequired", "privacy"]
            )
            for room in [Int64(1), 2] {
                let order = Order(key: "p\(room)", attributes: ["name_zh": .text("甲"), "x_room": .integer(room)])
                _ = try await client.post("/v1/talents", body: order, as: RegistryRecord.self)
            }
            let zero = Order(attributes: ["name_zh": .text("甲"), "x_room": .integer(0)])
            let low = await refusal { try await client.post("/v1/talents", body: zero, as: RegistryRecord.self) }
            #expect(codes(low) == [.fieldOutOfRange])
            let found: Page<RegistryRecord> = try await client.get("/v1/talents", query: ["field": "x_room:2"])
            #expect(found.items.map(\.key) == ["p2"])
            let unknown = await refusal { try await client.bytes("/v1/talents", query: ["field": "x_rom:2"]) }
            #expect(unknown?.code == "PARAMETER_INVALID" && unknown?.detail.en.contains("x_room") == true)
        }
    }
}
