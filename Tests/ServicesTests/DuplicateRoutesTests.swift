import DomainModel
import PlatformClient
import PostgresClient
import ServiceKit
import Testing

/// Pairs that may be one, through the live service and its real database role.
@Suite("Duplicates", .timeLimit(.minutes(5)))
struct DuplicateRoutesTests {
    private struct Order: Encodable {
        var key: String
        var from: String?
        var attributes: Attributes
    }

    private struct Made: Decodable {
        let key: String
        let possibleDuplicates: [PossibleDuplicate]?
    }

    private struct Search: Encodable {
        var kind: RegistryKind
        var minimum: Double?
    }

    private struct Decision: Encodable {
        var verdict: DuplicateDecision.Verdict
        var reason = "looked at the files"
        var survivor: String?
    }

    private struct Comparison: Decodable {
        let candidate: DuplicateCandidate
        let one: RegistryRecord
        let other: RegistryRecord
        let merge: RecordMerge?
    }

    private struct Patch: Encodable {
        var isCorrection = true
        var reason = "wrong day"
        var attributes: Attributes
    }

    private func person(_ key: String, _ name: String, _ birth: String, region: String = "330110") -> Order {
        Order(
            key: key,
            from: "2020-01-01",
            attributes: [
                "name_zh": .text(name), "birth_date": .text(birth), "region": .text(region), "sex": .text("female"),
            ]
        )
    }

    private func list(_ client: PlatformClient, _ query: Query = [:]) async throws -> [DuplicateCandidate] {
        try await client.get("/v1/duplicates", query: query, as: Page<DuplicateCandidate>.self).items
    }

    @Test("a second record of a person is told as it is made, compared side by side, decided about, and merged")
    func life() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            let first: Made = try await client.post("/v1/talents", body: person("a", "单田芳", "1934-12-17"))
            #expect(first.possibleDuplicates == [])
            _ = try await client.post("/v1/talents", body: person("x", "林知远", "1980-05-17"), as: Made.self)
            // Written in traditional characters.
            let second: HTTPReply<Made> = try await client.reply(
                post: "/v1/talents",
                body: person("b", "單田芳", "1934-12-17")
            )
            #expect(second.body.possibleDuplicates?.map(\.key) == ["a"])
            #expect(second["Link"] == "</v1/duplicates?record=b>; rel=\"related\"")
            let reasons = try #require(second.body.possibleDuplicates?.first?.reasons)
            #expect(reasons.prefix(2).map(\.feature).sorted() == ["birth", "name"])
            #expect(reasons.allSatisfy { $0.level == "same" && $0.weight > 0 && !$0.text.zh.isEmpty })
            #expect(reasons.contains { $0.text.en == "date of birth: the same" })

            let pairs = try await list(client)
            let pair = try #require(pairs.first)
            #expect(pairs.count == 1 && [pair.one.key, pair.other.key] == ["a", "b"] && pair.state == .open)
            let compared: Comparison = try await client.get("/v1/duplicates/\(pair.id)")
            #expect(compared.one.masked == ["sex", "birth_date"] && compared.merge?.survivor == "a")

            // What was decided stays, also when all records are looked through; other facts open it again.
            let decide = "/v1/duplicates/\(pair.id)/decide"
            let different: DuplicateCandidate = try await client.post(decide, body: Decision(verdict: .different))
            #expect(different.state == .different && different.decision?.principal == "user:test")
            let search = Search(kind: .talent)
            let found: DuplicateSearch = try await client.post("/v1/duplicate-searches", body: search)
            #expect(found.records == 3 && found.pairs == 1 && found.candidates == 1 && found.refreshed == 0)
            #expect(try await list(client, ["state": "open"]).isEmpty)
            #expect(try await list(client, ["state": "different"]).map(\.id) == [pair.id])
            let seen: HTTPReply<RegistryRecord> = try await client.reply(get: "/v1/talents/b")
            _ = try await client.matching(seen["ETag"] ?? "").patch(
                "/v1/talents/b",
                body: Patch(attributes: ["orcid": .text("0000-0002-1825-0097")]),
                as: RegistryRecord.self
            )
            #expect(try await list(client, ["state": "open"]).map(\.id) == [pair.id])

            let same: DuplicateCandidate = try await client.post(decide, body: Decision(verdict: .same, survivor: "b"))
            #expect(same.state == .merged)
            #expect(try await client.get("/v1/talents/a", as: RegistryRecord.self).key == "b")
            #expect(try await list(client, ["state": "merged"]).map(\.id) == [pair.id])
        }
    }

    @Test("a search makes comparable what came by another way, and gives what writing record by record gave")
    func search() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            for place in 0..<30 {
                // Ten persons three times each, one of them with a typing error in the name.
                let name = ["张晓明", "李国强", "王建军", "陈丽华", "赵文静", "孙浩然", "周子涵", "吴雨桐", "郑博文", "冯思远"][place % 10]
                let order = person("p\(place)", name, "19\(60 + place % 10)-03-0\(1 + place % 9)")
                _ = try await client.post("/v1/talents", body: order, as: Made.self)
            }
            for (key, name) in [("e", "杭州策源科技有限公司"), ("f", "策源科技（杭州）有限公司"), ("g", "宁波海洋食品有限公司")] {
                let firm = Order(key: key, attributes: ["name_zh": .text(name), "region": .text("330110")])
                _ = try await client.post("/v1/enterprises", body: firm, as: Made.self)
            }
            let written = try await list(client, ["limit": "500"])
            _ = try await platform.pool.query("DELETE FROM registry.duplicate_candidate")
            _ = try await platform.pool.query("DELETE FROM registry.linkage_profile")
            for kind in [RegistryKind.talent, .enterprise] {
                _ = try await client.post("/v1/duplicate-searches", body: Search(kind: kind), as: DuplicateSearch.self)
            }
            let searched = try await list(client, ["limit": "500"])
            func pairs(_ candidates: [DuplicateCandidate]) -> Set<[String]> {
                Set(candidates.map { [$0.one.key, $0.other.key] })
            }
            #expect(pairs(searched) == pairs(written) && pairs(searched).contains(["e", "f"]))
            // Nothing is found twice, and again the same is found.
            let again: DuplicateSearch = try await client.post("/v1/duplicate-searches", body: Search(kind: .talent))
            #expect(again.refreshed == 0)
            #expect(try await list(client, ["limit": "500"]).map(\.id) == searched.map(\.id))
            // No key says what it was made of.
            let leaks = try await platform.pool.queryOne(
                "SELECT count(*) FROM registry.linkage_key k WHERE k::text ~ '[一-龥]|19[0-9]{2}-'"
            )
            #expect(try leaks?.decode(Int64.self) == 0)
            // A page ends where the next begins.
            let one: Page<DuplicateCandidate> = try await client.get("/v1/duplicates", query: ["limit": "1"])
            let next: Page<DuplicateCandidate> = try await client.get(
                "/v1/duplicates",
                query: ["limit": "1", "after": one.next]
            )
            #expect(one.items.map(\.id) + next.items.map(\.id) == searched.prefix(2).map(\.id))
        }
    }

    @Test("an officer sees pairs of the own district alone, and has nothing looked through")
    func regions() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            let token = APIToken()
            try await platform.pool.addUser("officer", role: "registry_officer", region: "330110", token: token)
            let officer = try platform.client(token: token.text)
            _ = try await client.post(
                "/v1/talents",
                body: person("far", "林知远", "1980-05-17", region: "330106"),
                as: Made.self
            )
            let made: Made = try await officer.post("/v1/talents", body: person("own", "林知远", "1980-05-17"))
            #expect(made.possibleDuplicates == [])
            _ = try await client.post("/v1/duplicate-searches", body: Search(kind: .talent), as: DuplicateSearch.self)
            #expect(try await list(client).count == 1)
            #expect(try await list(officer).isEmpty)
            do {
                _ = try await officer.post(
                    "/v1/duplicate-searches",
                    body: Search(kind: .talent),
                    as: DuplicateSearch.self
                )
                Issue.record("an officer of a district had everything looked through")
            } catch {
                #expect(problem(error as? PlatformClientError)?.code == "PERMISSION_DENIED")
            }
        }
    }
}
