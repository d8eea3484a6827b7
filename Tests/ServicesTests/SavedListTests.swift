import DomainModel
import Foundation
import PlatformClient
import ServiceKit
import Testing

/// Filters and facets of the search box, and lists that keep a question, through the live service.
@Suite("Filters, facets and saved lists", .timeLimit(.minutes(5)))
struct SavedListTests {
    private struct Order: Encodable {
        var key: String
        var attributes: Attributes
    }

    private struct Saying: Encodable {
        var type: String
        var term: String
        var from: String
        var until: String?
    }

    private func person(_ key: String, _ name: String, in region: String, _ client: PlatformClient) async throws {
        let attributes: Attributes = ["name_zh": .text(name), "region": .text(region)]
        _ = try await client.post("/v1/talents", body: Order(key: key, attributes: attributes), as: RegistryRecord.self)
    }

    private func populate(_ client: PlatformClient) async throws {
        try await person("t1", "林一", in: "330110", client)
        try await person("t2", "林二", in: "330106", client)
        try await person("t3", "林三", in: "330110", client)
        for (key, until) in [("t1", nil), ("t2", nil), ("t3", "2021-01-01")] {
            let said = Saying(type: "tier", term: "leading", from: "2020-01-01", until: until)
            _ = try await client.post("/v1/records/\(key)/statements", body: said, as: RegistryStatement.self)
        }
        let firm: Attributes = ["name_zh": .text("林氏公司"), "region": .text("330110")]
        _ = try await client.post("/v1/enterprises", body: Order(key: "e1", attributes: firm), as: RegistryRecord.self)
    }

    @Test("answers are filtered by region, tier and state, page by page, and fall into parts")
    func filters() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            try await populate(client)
            func found(_ query: Query) async throws -> FoundRecords {
                var query = query
                query.set("q", "林")
                return try await client.get("/v1/search", query: query)
            }
            #expect(try await Set(found(["region": "330110"]).items.map(\.key)) == ["t1", "t3", "e1"])
            #expect(try await Set(found(["tier": "leading"]).items.map(\.key)) == ["t1", "t2"])
            #expect(try await found(["tier": "leading", "region": "330110"]).items.map(\.key) == ["t1"])
            #expect(try await found(["warning": "relocation"]).items.isEmpty)
            let first = try await found(["tier": "leading", "limit": "1"])
            let next = try await found(["tier": "leading", "limit": "1", "after": first.next])
            #expect(Set((first.items + next.items).map(\.key)) == ["t1", "t2"])

            var asked: Query = ["region": "330110"]
            for name in SearchFacet.Name.allCases { asked.append("facet", name.rawValue) }
            let answer = try await found(asked)
            let facets = Dictionary(uniqueKeysWithValues: (answer.facets ?? []).map { ($0.name, $0.parts) })
            #expect(facets[.kind] == [.init(code: "talent", count: 2), .init(code: "enterprise", count: 1)])
            #expect(facets[.region] == [.init(code: "330110", count: 3)])
            #expect(facets[.tier] == [.init(code: "leading", count: 1)])
            #expect(facets[.title] == [] && facets[.warning] == [] && answer.isMore == false)
            let shown = try await Program.ceyuan(["search", "林", "--facet", "kind", "--format", "csv"], on: platform)
            #expect(
                shown.output == "facet,code,name,count\r\nkind,talent,talent,3\r\nkind,enterprise,enterprise,1\r\n",
                "\(shown.error)"
            )
        }
    }

    @Test("a tier or title finds those below it too, and no others")
    func narrower() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            for (key, tier) in [("t1", "top"), ("t2", "soul_scientist"), ("t3", "sci_leading")] {
                try await person(key, "林\(key)", in: "330110", client)
                let said = Saying(type: "tier", term: tier, from: "2020-01-01")
                _ = try await client.post("/v1/records/\(key)/statements", body: said, as: RegistryStatement.self)
            }
            let firm: Attributes = ["name_zh": .text("林氏公司"), "region": .text("330110")]
            _ = try await client.post(
                "/v1/enterprises",
                body: Order(key: "e1", attributes: firm),
                as: RegistryRecord.self
            )
            let title = Saying(type: "title", term: "hundred_billion_leader", from: "2020-01-01")
            _ = try await client.post("/v1/records/e1/statements", body: title, as: RegistryStatement.self)
            func found(_ name: String, _ term: String) async throws -> Set<String> {
                let answer: FoundRecords = try await client.get("/v1/search", query: ["q": "林", name: term])
                return Set(answer.items.map(\.key))
            }
            #expect(try await found("tier", "top") == ["t1", "t2"])
            #expect(try await found("tier", "soul_scientist") == ["t2"])
            #expect(try await found("tier", "leading") == ["t3"])
            #expect(try await found("title", "innovation_leader") == ["e1"])
            // A code of another vocabulary has nothing below it here.
            let foreign = await Sent.refusal { try await found("title", "top") }
            #expect(foreign?.code == "PARAMETER_INVALID")

            // So do the lists of a kind, by fields that hold terms.
            let award: Attributes = ["name_zh": .text("大奖"), "tier": .text("soul_scientist")]
            _ = try await client.post("/v1/awards", body: Order(key: "w1", attributes: award), as: RegistryRecord.self)
            func listed(_ query: Query) async throws -> [String] {
                let page: Page<RegistryRecord> = try await client.get("/v1/awards", query: query)
                return page.items.map(\.key)
            }
            #expect(try await listed(["tier": "top"]) == ["w1"])
            #expect(try await listed(["field": "tier:soul_scientist"]) == ["w1"])
            #expect(try await listed(["tier": "leading"]) == [])
        }
    }

    @Test("a list is its owner's, is shared or not, and is asked as of any instant")
    func lists() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            try await populate(client)
            let other = APIToken()
            try await platform.pool.addUser("reader", role: "viewer", token: other)
            let reader = try platform.client(token: other.text)
            func records(_ id: Int64, _ query: Query = [:]) async throws -> [String] {
                let page: Page<RelatedName> = try await client.get("/v1/saved-lists/\(id)/records", query: query)
                return page.items.map(\.key)
            }
            func done(_ text: String) async throws -> String {
                let outcome = try await Program.ceyuan(text.split(separator: " ").map(String.init), on: platform)
                #expect(outcome.status == 0, "\(text): \(outcome.error)")
                return outcome.output
            }
            let saved = try await done("saved-list save 余杭人才 --kind talent --region 330110 --format json")
            let list = try JSONDecoder().decode(SavedList.self, from: Data(saved.utf8))
            #expect(try await records(list.id) == ["t1", "t3"])
            let before: RecordChanges = try await client.get("/v1/changes/newest")
            let instant = try #require(before.next.split(separator: "-").first.flatMap { Int64($0) })
            try await person("t4", "林四", in: "330110", client)
            #expect(try await records(list.id) == ["t1", "t3", "t4"])
            let then = Instant(microsecondsSince1970: instant).description
            #expect(try await records(list.id, ["asOf": then]) == ["t1", "t3"])

            // Another person sees it once it is shared, and never changes it.
            let hidden = await #expect(throws: PlatformClientError.self) {
                _ = try await reader.get("/v1/saved-lists/\(list.id)", as: SavedList.self)
            }
            #expect(problem(hidden)?.status == 404)
            _ = try await done("saved-list save 余杭人才 --kind talent --find 林 --role viewer")
            let shared: SavedList = try await reader.get("/v1/saved-lists/\(list.id)")
            #expect(shared.order.question?.q == "林" && shared.order.sharing == .role)
            let taken = await #expect(throws: PlatformClientError.self) {
                try await reader.delete("/v1/saved-lists/\(list.id)")
            }
            #expect(problem(taken)?.status == 404)
            #expect(try await Set(records(list.id)) == ["t1", "t2", "t3", "t4"])

            let fixed = try await client.post(
                "/v1/saved-lists",
                body: SavedListOrder(name: "两人", sharing: .everybody, keys: ["t3", "t1", "none"]),
                as: SavedList.self
            )
            #expect(try await records(fixed.id) == ["t1", "t3"])
            #expect(try await done("saved-list list --format csv").contains("两人"))
            #expect(try await done("saved-list run \(fixed.id) --format csv").contains("t3,talent,林三"))
            let wrong = await #expect(throws: PlatformClientError.self) {
                let order = SavedListOrder(name: "两人", sharing: .owner, keys: ["t1"])
                _ = try await client.post("/v1/saved-lists", body: order, as: SavedList.self)
            }
            #expect(problem(wrong)?.code == "SAVED_LIST_NAME_TAKEN")
            let empty = await #expect(throws: PlatformClientError.self) {
                let order = SavedListOrder(name: "空", sharing: .owner)
                _ = try await client.post("/v1/saved-lists", body: order, as: SavedList.self)
            }
            #expect(problem(empty)?.code == "SAVED_LIST_INVALID")
            _ = try await done("saved-list delete \(fixed.id)")
        }
    }
}
