import DomainModel
import Foundation
import PlatformClient
import PostgresClient
import ServiceKit
import Testing

/// What is answered as of an instant before something was recorded, through the live service.
@Suite("Reads as of before", .timeLimit(.minutes(5)))
struct PastReadTests {
    static func now(_ platform: LivePlatform) async throws -> Instant {
        let row = try await platform.pool.query(
            "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
        ).first
        let text = try #require(try row?.decode(String.self))
        return try #require(Instant(text))
    }

    @Test("before a merge both records are answered as they then were, by every read")
    func merged() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            for (key, major) in [("T-1", "物理"), ("T-2", "化学")] {
                let attributes: Attributes = [
                    "name_zh": .text("林知远"), "region": .text("330110"), "major": .text(major),
                ]
                let order = Sent.Record(key: key, from: "2020-01-01", attributes: attributes)
                _ = try await client.post("/v1/talents", body: order, as: RegistryRecord.self)
                let honour = Sent.Statement(type: "tier", term: "top", from: "2021-01-01")
                _ = try await client.post("/v1/records/\(key)/statements", body: honour, as: RegistryStatement.self)
            }
            let before = try await Self.now(platform)
            struct Merge: Encodable {
                let absorbed = "T-2"
                let reason = "one person"
                let dropped: [Int64]
            }
            let theirs: Page<RegistryStatement> = try await client.get("/v1/statements", query: ["subject": "T-2"])
            let dropped = theirs.items.map(\.number)
            _ = try await client.post("/v1/records/T-1/merge", body: Merge(dropped: dropped), as: RecordMerge.self)
            let merged = try await Self.now(platform)
            struct Unmerge: Encodable { let reason = "two after all" }
            func check(isPast: Bool) async throws {
                let query: Query = ["asOf": isPast ? before.description : nil]
                let list: Page<RegistryRecord> = try await client.get("/v1/talents", query: query)
                #expect(list.items.map(\.key) == ["T-1", "T-2"])
                #expect(list.items.allSatisfy { $0.state == .active })
                for (key, major) in [("T-1", "物理"), ("T-2", "化学")] {
                    let one: RegistryRecord = try await client.get("/v1/talents/\(key)", query: query)
                    let any: RegistryRecord = try await client.get("/v1/records/\(key)", query: query)
                    let page: Sent.Around = try await client.get("/v1/records/\(key)/page", query: query)
                    for record in [one, any, page.record] {
                        #expect(record.key == key && record.state == .active)
                        #expect(record.attributes["major"] == .text(major))
                    }
                    #expect(page.statements.map(\.subject) == [key])
                    let facts: DerivedFacts = try await client.get("/v1/records/\(key)/derived-facts", query: query)
                    #expect(facts.record == key)
                    let merges: [PastMerge] = try await client.get("/v1/records/\(key)/merges", query: query)
                    #expect(merges.isEmpty == isPast)
                }
                let said: Page<RegistryStatement> = try await client.get("/v1/statements", query: query)
                #expect(said.items.map(\.subject) == ["T-1", "T-2"])
                for path in ["/v1/talents/export", "/v1/statements/export"] {
                    var asked = query
                    asked.set("format", "csv")
                    // Names leave with a second person alone.
                    if path.contains("statements") {
                        asked.set("type", "tier")
                    } else {
                        asked.set("withoutNames", "true")
                    }
                    let text = String(decoding: try await client.bytes(path, query: asked).body, as: UTF8.self)
                    #expect(text.contains("T-1") && text.contains("T-2"), "\(path): \(text)")
                }
            }
            try await check(isPast: true)
            let now: Page<RegistryRecord> = try await client.get("/v1/talents")
            #expect(now.items.map(\.key) == ["T-1"])
            _ = try await client.post("/v1/records/T-2/unmerge", body: Unmerge(), as: MergeUndoing.self)
            try await check(isPast: true)
            try await check(isPast: false)
            // Between both, the merge stood, and nobody knew that it would be undone.
            let query: Query = ["asOf": merged.description]
            let between: [PastMerge] = try await client.get("/v1/records/T-1/merges", query: query)
            #expect(between.map(\.undone?.principal) == [nil])
            let after: [PastMerge] = try await client.get("/v1/records/T-1/merges")
            #expect(after.map(\.undone?.principal) == ["user:test"])
            // The old key leads on, with the same question.
            let led: RegistryRecord = try await client.get("/v1/talents/T-2", query: query)
            #expect(led.key == "T-1")
            let command = ["record", "merges", "T-1", "--as-of", before.description, "--format", "csv"]
            let said = try await Program.ceyuan(command, on: platform)
            #expect(said.status == 0 && !said.output.contains("T-2"), "\(said)")
        }
    }

    @Test("runs, conclusions and fields that were added are those that were known")
    func runs() async throws {
        struct FieldOrder: Encodable {
            let kind = "talent"
            let field: FieldDefinition
        }
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            let firm: Attributes = [
                "name_zh": .text("策源公司"), "region": .text("330110"), "legal_form": .text("limited"),
            ]
            let order = Sent.Record(key: "e1", from: "2020-01-01", attributes: firm)
            _ = try await client.post("/v1/enterprises", body: order, as: RegistryRecord.self)
            let start = try await Self.now(platform)
            let first: RuleRun = try await client.post("/v1/rule-runs", body: RuleRunOrder())
            let between = try await Self.now(platform)
            struct Patch: Encodable {
                let from = "2020-01-01"
                let isCorrection = true
                let reason = "read anew"
                let attributes: Attributes = ["legal_form": .text("joint_stock"), "name_zh": .text("策源股份")]
            }
            let seen: HTTPReply<RegistryRecord> = try await client.reply(get: "/v1/enterprises/e1")
            _ = try await client.matching(try #require(seen["ETag"]))
                .patch("/v1/enterprises/e1", body: Patch(), as: RegistryRecord.self)
            _ = try await client.post("/v1/rule-runs", body: RuleRunOrder(), as: RuleRun.self)
            func facts(_ query: Query) async throws -> [String] {
                let page: Page<ListedFact> = try await client.get("/v1/derived-facts", query: query)
                return page.items.map { "\($0.name ?? "") \($0.term)" }
            }
            #expect(try await facts([:]) == ["策源股份 market.joint_stock"])
            #expect(try await facts(["asOf": between.description]) == ["策源公司 market.enterprise"])
            #expect(try await facts(["asOf": between.description, "region": "330110"]).count == 1)
            #expect(try await facts(["asOf": start.description]) == [])
            #expect(try await facts(["validAt": first.day.isoText]) == ["策源股份 market.joint_stock"])
            #expect(try await facts(["validAt": "2020-01-01"]) == [])
            let both: Query = ["asOf": between.description, "validAt": first.day.isoText]
            #expect(try await facts(both) == ["策源公司 market.enterprise"])
            let known: Page<RuleRun> = try await client.get("/v1/rule-runs", query: both)
            #expect(known.items == [first])
            let early = await Sent.refusal {
                try await client.bytes("/v1/derived-facts", query: ["run": "2", "asOf": between.description])
            }
            #expect(early?.code == "NOT_FOUND")
            let two = await Sent.refusal {
                try await client.bytes("/v1/derived-facts", query: ["run": "1", "validAt": "2020-01-01"])
            }
            #expect(two?.code == "NOT_FOUND")
            let command = ["derived-fact", "list", "--as-of", between.description, "--format", "csv"]
            let listed = try await Program.ceyuan(command, on: platform)
            #expect(listed.status == 0 && listed.output.contains("market.enterprise"), "\(listed)")

            let room = FieldDefinition("x_room", "房间", "Room", .integer, source: "office")
            _ = try await client.post(
                "/v1/record-model/fields",
                body: FieldOrder(field: room),
                as: FieldDefinition.self
            )
            let past = try await client.bytes("/v1/record-model", query: ["asOf": between.description]).body
            let present = try await client.bytes("/v1/record-model").body
            #expect(!String(decoding: past, as: UTF8.self).contains("x_room"))
            #expect(String(decoding: present, as: UTF8.self).contains("x_room"))
        }
    }

    @Test("pairs are answered as they were found, decided about and called")
    func pairs() async throws {
        struct Decision: Encodable {
            let verdict: DuplicateDecision.Verdict
            let reason = "looked at the files"
        }
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            let start = try await Self.now(platform)
            for (key, day) in [("a", "2020-01-01"), ("b", "2021-01-01")] {
                let attributes: Attributes = [
                    "name_zh": .text("单田芳"), "birth_date": .text("1934-12-17"), "region": .text("330110"),
                ]
                let order = Sent.Record(key: key, from: day, attributes: attributes)
                _ = try await client.post("/v1/talents", body: order, as: RegistryRecord.self)
            }
            func list(_ query: Query) async throws -> [DuplicateCandidate] {
                let page: Page<DuplicateCandidate> = try await client.get("/v1/duplicates", query: query)
                return page.items
            }
            let open = try await list([:])
            let pair = try #require(open.first)
            let found = try await Self.now(platform)
            let decide = "/v1/duplicates/\(pair.id)/decide"
            let path = "/v1/duplicates/\(pair.id)"
            let different: DuplicateCandidate = try await client.post(decide, body: Decision(verdict: .different))
            let decided = try await Self.now(platform)
            let seen: HTTPReply<RegistryRecord> = try await client.reply(get: "/v1/talents/b")
            let patch = Sent.Patch(
                from: "2021-01-01",
                isCorrection: true,
                reason: "another person",
                attributes: ["name_zh": .text("林知远"), "birth_date": .text("1980-05-17")]
            )
            _ = try await client.matching(try #require(seen["ETag"]))
                .patch("/v1/talents/b", body: patch, as: RegistryRecord.self)
            #expect(try await list([:]).isEmpty)
            #expect(try await list(["asOf": start.description]).isEmpty)
            #expect(try await list(["asOf": found.description]) == open)
            #expect(try await list(["asOf": decided.description]) == [different])
            #expect(try await list(["asOf": decided.description, "state": "open"]).isEmpty)
            #expect(try await list(["asOf": decided.description, "validAt": "2021-06-01"]) == [different])
            // Before b began there was nothing to be compared.
            #expect(try await list(["asOf": decided.description, "validAt": "2020-06-01"]).isEmpty)
            struct Comparison: Decodable {
                let candidate: DuplicateCandidate
                let one: RegistryRecord
                let other: RegistryRecord
                let merge: RecordMerge?
            }
            let past: Comparison = try await client.get(path, query: ["asOf": found.description])
            #expect(past.candidate == pair && past.merge == nil)
            #expect([past.one, past.other].map { $0.attributes["name_zh"] } == [.text("单田芳"), .text("单田芳")])
            let gone = await Sent.refusal { try await client.bytes(path) }
            #expect(gone?.code == "NOT_FOUND")
            let command = ["duplicate", "list", "--all", "--as-of", decided.description, "--format", "csv"]
            let listed = try await Program.ceyuan(command, on: platform)
            #expect(listed.status == 0 && listed.output.contains("单田芳"), "\(listed)")
        }
    }

    @Test("regions and terms are what the last import by then had said")
    func reference() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            let before = try await Self.now(platform)
            let text = try String(contentsOfFile: ReferenceData.file("regions.csv"), encoding: .utf8)
            let changed = text.replacingOccurrences(of: "余杭区", with: "余杭新区")
            let batch = try await platform.importRecords("regions", try platform.write("regions.csv", changed))
            #expect(batch.state == .committed)
            let query: Query = ["asOf": before.description]
            let now: Region = try await client.get("/v1/regions/330110")
            let past: Region = try await client.get("/v1/regions/330110", query: query)
            #expect([now, past].map(\.name.zh) == ["余杭新区", "余杭区"])
            var sorted = query
            for (name, value) in [("sort", "name.zh"), ("limit", "1000"), ("total", "true")] { sorted.set(name, value) }
            let all: Page<Region> = try await client.get("/v1/regions", query: sorted)
            #expect(all.total == 125 && all.items.count == 125 && all.items.contains(past))
            let pages = client.pages(
                "/v1/regions",
                query: ["asOf": before.description, "limit": "50"],
                of: Region.self
            )
            #expect(try await pages.items().contains(past))
            let early: Query = ["asOf": "2000-01-01T00:00:00Z"]
            let none: Page<Region> = try await client.get("/v1/regions", query: early)
            #expect(none.items.isEmpty)
            let path = "/v1/classifications/platform_type/national_lab"
            let unknown = await Sent.refusal { try await client.bytes(path, query: early) }
            #expect(unknown?.code == "NOT_FOUND")
            let term: Classification = try await client.get(path, query: query)
            #expect(term.code == "national_lab")
            for command in [["region", "list"], ["region", "show", "330110"]] {
                let asked = command + ["--as-of", before.description, "--format", "csv"]
                let told = try await Program.ceyuan(asked, on: platform)
                #expect(told.output.contains("余杭区") && !told.output.contains("余杭新区"), "\(told)")
            }
        }
    }
}
