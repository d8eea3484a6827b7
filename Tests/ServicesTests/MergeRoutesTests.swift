import DomainModel
import PlatformClient
import PostgresClient
import ServiceKit
import Testing

/// Records that become one and two again, through the live service and its real database role.
@Suite("Merging records", .timeLimit(.minutes(5)))
struct MergeRoutesTests {
    private struct Order: Encodable {
        var key: String?
        var from: String?
        var attributes: Attributes
    }

    private struct Saying: Encodable {
        var type: String
        var object: String?
        var term: String?
        var share: String?
        var from: String?
        var until: String?
    }

    private struct Merge: Encodable {
        var absorbed: String
        var reason = "one person"
        var fields: [String: MergeSide]?
        var dropped: [Int64]?
        var seen: String?
        var isRehearsal: Bool?
    }

    private struct Unmerge: Encodable {
        var reason = "two persons after all"
        var isRehearsal: Bool?
    }

    private struct Ending: Encodable {
        var until: String
    }

    private func refusal(_ body: () async throws -> some Any) async -> ProblemDetails? {
        do {
            _ = try await body()
            return nil
        } catch {
            return problem(error as? PlatformClientError)
        }
    }

    /// Two talents that are one, at two firms.
    private func people(_ client: PlatformClient) async throws -> (dual: Int64, title: Int64) {
        for key in ["E-1", "E-2"] {
            let order = Order(key: key, attributes: ["name_zh": .text("公司\(key)")])
            _ = try await client.post("/v1/enterprises", body: order, as: RegistryRecord.self)
        }
        let one: Attributes = ["name_zh": .text("林知远"), "region": .text("330110"), "major": .text("物理")]
        let other: Attributes = [
            "name_zh": .text("林致远"), "region": .text("330110"), "degree": .text("doctor"),
            "birth_date": .text("1980-05-17"),
        ]
        _ = try await client.post(
            "/v1/talents",
            body: Order(key: "T-1", from: "2020-01-01", attributes: one),
            as: RegistryRecord.self
        )
        _ = try await client.post(
            "/v1/talents",
            body: Order(key: "T-2", from: "2018-01-01", attributes: other),
            as: RegistryRecord.self
        )
        func say(_ key: String, _ saying: Saying) async throws -> Int64 {
            try await client.post("/v1/records/\(key)/statements", body: saying, as: RegistryStatement.self).number
        }
        _ = try await say(
            "T-1",
            Saying(type: "employment", object: "E-1", term: "dual", share: "0.6", from: "2020-01-01")
        )
        let dual = try await say(
            "T-2",
            Saying(type: "employment", object: "E-2", term: "dual", share: "0.5", from: "2021-01-01")
        )
        let flexible = try await say(
            "T-2",
            Saying(type: "employment", object: "E-2", term: "flexible", from: "2018-01-01", until: "2019-01-01")
        )
        return (dual, flexible)
    }

    @Test("a merge tells its conflicts, moves what is said, leads the old key on, and is undone exactly")
    func life() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            let (dual, early) = try await people(client)
            let path = "/v1/records/T-1/merge"
            let rehearsed: RecordMerge = try await client.post(path, body: Merge(absorbed: "T-2", isRehearsal: true))
            #expect(rehearsed.conflicts.map(\.code) == [.shareOverOne])
            #expect(rehearsed.conflicts.map(\.field) == ["statements.\(dual).share"])
            #expect(rehearsed.statements.map(\.fate) == [.refused, .moved])
            let birth = try #require(rehearsed.fields.first { $0.field == "birth_date" })
            #expect(birth.isMasked && birth.absorbed == nil && birth.taken == .absorbed)
            let refused = await refusal {
                try await client.post(path, body: Merge(absorbed: "T-2"), as: RecordMerge.self)
            }
            #expect(refused?.code == "MERGE_REFUSED")
            #expect(refused?.member("merge", as: RecordMerge.self)?.conflicts == rehearsed.conflicts)

            // The conflict is mended; the state that was rehearsed is no longer there.
            _ = try await client.post(
                "/v1/statements/\(dual)/end",
                body: Ending(until: "2022-01-01"),
                as: RegistryStatement.self
            )
            let stale = await refusal {
                try await client.post(path, body: Merge(absorbed: "T-2", seen: rehearsed.seen), as: RecordMerge.self)
            }
            #expect(stale?.code == "PRECONDITION_FAILED")
            let before: (RegistryRecord, RegistryRecord) = (
                try await client.get("/v1/talents/T-1"), try await client.get("/v1/talents/T-2")
            )
            let known = try await instant(platform)
            let done: RecordMerge = try await client.post(path, body: Merge(absorbed: "T-2", dropped: [dual]))
            #expect(done.statements.map(\.fate) == [.dropped, .moved] && !done.isRehearsal)

            // The old key leads on, and what was believed stays.
            let raw = try await client.bytes("/v1/talents/T-2", query: ["validAt": "2019-06-30"])
            #expect(raw.status == 200)
            let led: RegistryRecord = try await client.get("/v1/talents/T-2", query: ["validAt": "2019-06-30"])
            #expect(led.key == "T-1" && led.attributes["name_zh"] == .text("林致远"))
            let now: RegistryRecord = try await client.get("/v1/records/T-2")
            #expect(now.attributes["name_zh"] == .text("林知远") && now.attributes["degree"] == .text("doctor"))
            #expect(now.masked == ["birth_date"])
            let past: RegistryRecord = try await client.get("/v1/records/T-2", query: ["asOf": known.description])
            #expect(past.key == "T-2" && past.state == .active && past.attributes == before.1.attributes)
            let said: Page<RegistryStatement> = try await client.get("/v1/statements", query: ["subject": "T-1"])
            #expect(said.items.map(\.number).contains(early) && said.items.count == 2)
            let then: Page<RegistryStatement> = try await client.get(
                "/v1/statements",
                query: ["subject": "T-2", "asOf": known.description]
            )
            #expect(then.items.map(\.number) == [dual, early])
            for word in ["T-2", "林致远", "林知远"] {
                let found: Page<FoundRecord> = try await client.get("/v1/search", query: ["q": word])
                #expect(found.items.map(\.key) == ["T-1"], "\(word)")
            }
            let list: Page<RegistryRecord> = try await client.get("/v1/talents")
            #expect(list.items.map(\.key) == ["T-1"])

            // A change of another field stays, and everything else is as it was.
            let undone: MergeUndoing = try await client.post("/v1/records/T-2/unmerge", body: Unmerge())
            #expect(undone.statements == [dual, early] && undone.left.isEmpty)
            let after: (RegistryRecord, RegistryRecord) = (
                try await client.get("/v1/talents/T-1"), try await client.get("/v1/talents/T-2")
            )
            #expect(after.0.attributes == before.0.attributes && after.0.from == before.0.from)
            #expect(after.1.attributes == before.1.attributes && after.1.masked == before.1.masked)
            let again: Page<RegistryStatement> = try await client.get("/v1/statements", query: ["subject": "T-2"])
            #expect(again.items.map(\.draft) == then.items.map(\.draft))
            let merges: [PastMerge] = try await client.get("/v1/records/T-1/merges")
            #expect(merges.map(\.absorbed) == ["T-2"] && merges.first?.undone?.reason == "two persons after all")
            #expect(
                await refusal {
                    try await client.post("/v1/records/T-2/unmerge", body: Unmerge(), as: MergeUndoing.self)
                }?
                .code == "NOT_FOUND"
            )
            // The trail has both deeds at both records.
            let verbs = try await platform.pool.query(
                """
                SELECT subject_key || ' ' || action FROM audit.event WHERE action LIKE '%merge' ORDER BY occasion, 1
                """
            ).map { try $0.decode(String.self) }
            #expect(
                verbs == [
                    "T-1 record.merge", "T-2 record.merge", "T-1 record.unmerge", "T-2 record.unmerge",
                ]
            )
        }
    }

    @Test("chains lead to the last, relations are led along, and later changes are in the way of an undoing")
    func chain() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            for key in ["a", "b", "c"] {
                let order = Order(key: key, attributes: ["name_zh": .text("公司\(key)")])
                _ = try await client.post("/v1/enterprises", body: order, as: RegistryRecord.self)
            }
            _ = try await client.post(
                "/v1/talents",
                body: Order(key: "p", attributes: ["name_zh": .text("甲")]),
                as: RegistryRecord.self
            )
            let post = Saying(type: "employment", object: "a", term: "flexible", from: "2020-01-01")
            let said: RegistryStatement = try await client.post("/v1/records/p/statements", body: post)
            let known = try await instant(platform)
            _ = try await client.post("/v1/records/b/merge", body: Merge(absorbed: "a"), as: RecordMerge.self)
            let between = try await instant(platform)
            _ = try await client.post("/v1/records/c/merge", body: Merge(absorbed: "b"), as: RecordMerge.self)
            #expect(try await client.get("/v1/enterprises/a", as: RegistryRecord.self).key == "c")
            let then: RegistryRecord = try await client.get(
                "/v1/enterprises/a",
                query: ["asOf": between.description]
            )
            #expect(then.key == "b")
            func object(_ query: Query) async throws -> [String?] {
                let page: Page<RegistryStatement> = try await client.get("/v1/statements", query: query)
                return page.items.map(\.object)
            }
            #expect(try await object(["object": "c"]) == ["c"])
            #expect(try await object(["subject": "p", "asOf": known.description]) == ["a"])
            #expect(try await object(["object": "b", "asOf": between.description]) == ["b"])
            #expect(try await object(["object": "b", "asOf": known.description]).isEmpty)
            let relation = await refusal {
                try await client.post("/v1/records/p/statements", body: post, as: RegistryStatement.self)
            }
            #expect(relation?.member("conflicts", as: [Conflict].self)?.map(\.code) == [.relationEnded])
            #expect(relation?.member("conflicts", as: [Conflict].self)?.first?.nearest == ["c"])

            let cycle = await refusal {
                try await client.post("/v1/records/a/merge", body: Merge(absorbed: "c"), as: RecordMerge.self)
            }
            #expect(cycle?.code == "RECORD_ENDED" && cycle?.member("successor") == "c")
            let unlike = await refusal {
                try await client.post("/v1/records/c/merge", body: Merge(absorbed: "p"), as: RecordMerge.self)
            }
            #expect(unlike?.code == "MERGE_UNLIKE")
            let early = await refusal {
                try await client.post("/v1/records/a/unmerge", body: Unmerge(), as: MergeUndoing.self)
            }
            #expect(early?.code == "MERGE_NOT_UNDOABLE")
            #expect(early?.member("reasons", as: [LocalizedText].self)?.map(\.en) == ["b is merged since"])
            _ = try await client.post("/v1/records/b/unmerge", body: Unmerge(), as: MergeUndoing.self)
            #expect(try await object(["object": "b"]) == ["b"])
            _ = try await client.post("/v1/records/a/unmerge", body: Unmerge(), as: MergeUndoing.self)
            #expect(try await object(["object": "a"]) == ["a"] && said.object == "a")
        }
    }

    @Test("the database itself refuses a successor that is not kept, of another kind, or the record itself")
    func constraints() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            for (path, key) in [("enterprises", "a"), ("enterprises", "b"), ("talents", "p")] {
                let order = Order(key: key, attributes: ["name_zh": .text("名\(key)")])
                _ = try await client.post("/v1/\(path)", body: order, as: RegistryRecord.self)
            }
            _ = try await client.post("/v1/records/b/merge", body: Merge(absorbed: "a"), as: RecordMerge.self)
            for (key, successor) in [("b", "a"), ("p", "b"), ("b", "b")] {
                await #expect(throws: PostgresError.self, "\(key) into \(successor)") {
                    try await platform.pool.query(
                        """
                        UPDATE registry.record SET state = 'merged',
                            merged_into = (SELECT id FROM registry.record WHERE key = \(successor)) WHERE key = \(key)
                        """
                    )
                }
            }
        }
    }

    @Test("an officer merges what lies in the district, and nothing else")
    func regions() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            for (key, region) in [("a", "330110"), ("b", "330110"), ("far", "330106")] {
                let order = Order(key: key, attributes: ["name_zh": .text("甲"), "region": .text(region)])
                _ = try await client.post("/v1/talents", body: order, as: RegistryRecord.self)
            }
            let token = APIToken()
            try await platform.pool.addUser("officer", role: "registry_officer", region: "330110", token: token)
            let officer = try platform.client(token: token.text)
            let denied = await refusal {
                try await officer.post("/v1/records/a/merge", body: Merge(absorbed: "far"), as: RecordMerge.self)
            }
            #expect(denied?.code == "NOT_FOUND")
            _ = try await officer.post("/v1/records/a/merge", body: Merge(absorbed: "b"), as: RecordMerge.self)
            let viewer = APIToken()
            try await platform.pool.addUser("viewer", role: "viewer", token: viewer)
            let refused = await refusal {
                try await platform.client(token: viewer.text)
                    .post("/v1/records/b/unmerge", body: Unmerge(), as: MergeUndoing.self)
            }
            #expect(refused?.code == "PERMISSION_DENIED")
        }
    }

    private func instant(_ platform: LivePlatform) async throws -> Instant {
        let row = try await platform.pool.queryOne("SELECT newest FROM collection.vintage_clock")
        return Instant(microsecondsSince1970: try row?.decode(PostgresTimestamp.self).microsecondsSince1970 ?? 0)
    }
}
