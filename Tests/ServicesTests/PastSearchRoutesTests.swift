import DomainModel
import Foundation
import PlatformClient
import PostgresClient
import Testing

/// The search box as of another time, through the live service, as its database role.
@Suite("Searching as of another time", .timeLimit(.minutes(5)))
struct PastSearchRoutesTests {
    private struct Order: Encodable {
        var key: String
        var from: String?
        var attributes: Attributes
    }

    private struct Patch: Encodable {
        var from: String?
        var reason: String?
        var isCorrection: Bool?
        var attributes: Attributes
    }

    private func found(_ query: Query, _ client: PlatformClient) async throws -> [String] {
        let page: FoundRecords = try await client.get("/v1/search", query: query)
        return page.items.map { "\($0.key) \($0.match.rawValue) \($0.shown)" }
    }

    private func change(_ key: String, _ patch: Patch, _ client: PlatformClient) async throws -> Instant {
        let now: HTTPReply<RegistryRecord> = try await client.reply(get: "/v1/talents/\(key)")
        let mended: HTTPReply<RegistryRecord> = try await client.matching(try #require(now["ETag"]))
            .patch("/v1/talents/\(key)", body: patch)
        return mended.body.recorded.at
    }

    @Test("a name that was corrected is found as of before, and the right one since; a former one on its days")
    func times() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            let person: Attributes = ["name_zh": .text("林致远"), "region": .text("330110")]
            let made: RegistryRecord = try await client.post(
                "/v1/talents",
                body: Order(key: "t1", from: "2020-01-01", attributes: person)
            )
            let begun = made.recorded.at
            let mended = try await change(
                "t1",
                Patch(reason: "typing error", isCorrection: true, attributes: ["name_zh": .text("林志远")]),
                client
            )
            _ = try await change("t1", Patch(from: "2022-01-01", attributes: ["name_zh": .text("陈墨")]), client)

            #expect(try await found(["q": "林致远"], client) == [])
            #expect(try await found(["q": "林致远", "asOf": begun.description], client) == ["t1 exact 林致远"])
            #expect(try await found(["q": "lzy", "asOf": begun.description], client) == ["t1 initials 林致远"])
            #expect(try await found(["q": "林志远", "asOf": begun.description], client) == [])
            #expect(try await found(["q": "林志远", "asOf": mended.description], client) == ["t1 exact 林志远"])
            #expect(try await found(["q": "林致远", "asOf": mended.description], client) == [])
            // Without a day names of all days are found; on a day those that hold on it.
            #expect(try await found(["q": "林志远"], client) == ["t1 exact 林志远"])
            #expect(try await found(["q": "林志远", "validAt": "2021-06-30"], client) == ["t1 exact 林志远"])
            #expect(try await found(["q": "林志远", "validAt": "2022-06-30"], client) == [])
            #expect(try await found(["q": "陈墨", "validAt": "2021-06-30"], client) == [])
            #expect(try await found(["q": "陈墨", "validAt": "2022-06-30"], client) == ["t1 exact 陈墨"])
            #expect(try await found(["q": "t1", "validAt": "2019-12-31"], client) == [])
            let both: Query = ["q": "林志远", "asOf": mended.description, "validAt": "2022-06-30"]
            #expect(try await found(both, client) == ["t1 exact 林志远"])
            // Before anything was known, and after all that is.
            let before = Instant(microsecondsSince1970: begun.microsecondsSince1970 - 1).description
            #expect(try await found(["q": "t1", "asOf": before], client) == [])
            #expect(try await found(["q": "林志远", "asOf": "2999-01-01T00:00:00Z"], client) == ["t1 exact 林志远"])
            for (name, text) in [("asOf", "yesterday"), ("validAt", "2021-02-29")] {
                let refused = await Sent.refusal {
                    try await client.get("/v1/search", query: ["q": "林", name: text], as: FoundRecords.self)
                }
                #expect(refused?.code == "PARAMETER_INVALID", "\(name)")
            }
            let counted: FoundRecords = try await client.get(
                "/v1/search",
                query: ["q": "林", "asOf": begun.description, "facet": "region", "region": "330110"]
            )
            #expect(counted.facets == [SearchFacet(name: .region, parts: [.init(code: "330110", count: 1)])])

            let typed = try await Program.ceyuan(
                ["search", "林致远", "--as-of", begun.description, "--valid-at", "2021-06-30", "--format", "csv"],
                on: platform
            )
            let line = "t1,talent,林致远,林致远,exact,name_zh,330110"
            #expect(typed.output == "key,kind,name,shown,match,field,region\r\n\(line)\r\n", "\(typed.error)")

            // A saved question asks the same.
            let list: SavedList = try await client.post(
                "/v1/saved-lists",
                body: SavedListOrder(
                    name: "致远",
                    sharing: .owner,
                    question: SavedListOrder.Question(kind: .talent, q: "林致远")
                )
            )
            for (query, keys) in [
                ([:], []), (["asOf": begun.description], ["t1"]),
                (["asOf": begun.description, "validAt": "2019-01-01"], []),
            ] as [(Query, [String])] {
                let page: Page<RelatedName> = try await client.get("/v1/saved-lists/\(list.id)/records", query: query)
                #expect(page.items.map(\.key) == keys)
                #expect(page.items.allSatisfy { $0.name == "林致远" })
            }

            // What was withdrawn was believed before.
            let now: HTTPReply<RegistryRecord> = try await client.reply(get: "/v1/talents/t1")
            try await client.matching(try #require(now["ETag"]))
                .delete("/v1/records/t1", query: ["reason": "made twice"])
            #expect(try await found(["q": "陈墨"], client) == [])
            #expect(try await found(["q": "林志远", "asOf": mended.description], client) == ["t1 exact 林志远"])
            #expect(try await found(["q": "t1", "asOf": begun.description], client) == ["t1 exact t1"])
        }
    }

    @Test("names that a file corrected are found as of before, also of an installation that was corrected earlier")
    func imported() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            var (first, second) = ("key,from,name_zh,region\n", "key,from,name_zh\n")
            for number in 0..<1_500 {
                first += "T-\(number),2020-01-01,王\(number),330110\n"
                second += "T-\(number),2020-01-01,李\(number)\n"
            }
            first += "T-x,2020-01-01,李终,330110\n"
            #expect(try await platform.importFile("talents", platform.write("a.csv", first)).state == .committed)
            try await platform.waitForSettling()
            let one: RegistryRecord = try await client.get("/v1/talents/T-7")
            let then = one.recorded.at.description
            #expect(try await platform.importFile("talents", platform.write("b.csv", second)).state == .committed)
            try await platform.waitForSettling()
            func check() async throws {
                #expect(try await found(["q": "王1499", "asOf": then], client) == ["T-1499 exact 王1499"])
                #expect(try await found(["q": "李1499", "asOf": then], client) == [])
                #expect(try await found(["q": "王1499"], client) == [])
                // More than the places of one look: pages follow one another to the end.
                var (keys, after) = ([String](), String?.none)
                repeat {
                    let query: Query = ["q": "王", "asOf": then, "limit": "700", "after": after]
                    let page: FoundRecords = try await client.get("/v1/search", query: query)
                    keys += page.items.map(\.key)
                    after = page.next
                } while after != nil
                #expect(keys.count == 1_500 && Set(keys).count == 1_500)
                let query: Query = ["q": "王", "asOf": then, "facet": "kind", "limit": "1"]
                let counted: FoundRecords = try await client.get("/v1/search", query: query)
                #expect(counted.facets?.first?.parts == [.init(code: "talent", count: 1_000)] && counted.isMore == true)
            }
            try await check()
            // The only one who was called so then stands behind a thousand who were not: a page ends before.
            let far: Query = ["q": "李", "asOf": then]
            let short: FoundRecords = try await client.get("/v1/search", query: far)
            #expect(short.items.isEmpty && short.next != nil)
            let typed = try await Program.ceyuan(["search", "李", "--as-of", then, "--format", "csv"], on: platform)
            #expect(typed.output.contains("\r\nT-x,talent,李终,李终,prefix,name_zh,330110\r\n"), "\(typed)")
            // As a database was before past names were kept: the job of the migration finds them in the versions.
            try await platform.pool.execute("DELETE FROM registry.past_key")
            #expect(try await found(["q": "王1499", "asOf": then], client) == [])
            try await platform.pool.execute(
                "INSERT INTO jobs.job (kind, payload, priority, run_at) VALUES ('registry.past-names', '{}', 0, now())"
            )
            let open: PostgresQuery =
                "SELECT FROM jobs.job WHERE kind = 'registry.past-names' AND state IN ('delayed', 'waiting', 'running')"
            while try await !platform.pool.query(open).isEmpty { try await Task.sleep(for: .milliseconds(20)) }
            try await check()
        }
    }
}
