import DomainModel
import PlatformClient
import Testing

/// Filters and orders of the lists of a kind, through the live service and its real database role.
@Suite("Lists of records", .timeLimit(.minutes(5)))
struct RecordListTests {
    private struct Order: Encodable {
        var key: String
        var attributes: Attributes
    }

    /// Four bodies; the third has neither day nor capital.
    private func make(_ client: PlatformClient) async throws {
        let bodies: [(key: String, name: String, type: String, founded: String?, capital: String?, region: String)] = [
            ("o1", "乙研究院", "institute", "2019-12-31", "9.5", "330110"),
            ("o2", "甲大学", "university", "2020-01-01", "10", "330110"),
            ("o3", "丙基金", "fund", nil, nil, "corridor"),
            ("o4", "Delta Fund", "fund", "2021-06-30", "100.25", "330110"),
        ]
        for body in bodies {
            var attributes: Attributes = [
                "name_zh": .text(body.name), "type": .text(body.type), "region": .text(body.region),
            ]
            attributes["founded_on"] = body.founded.map { .text($0) }
            attributes["managed_capital"] = body.capital.map { .text($0) }
            let order = Order(key: body.key, attributes: attributes)
            _ = try await client.post("/v1/organisations", body: order, as: RegistryRecord.self)
        }
    }

    private func keys(_ client: PlatformClient, _ query: Query) async throws -> [String] {
        let page: Page<RegistryRecord> = try await client.get("/v1/organisations", query: query)
        return page.items.map(\.key)
    }

    @Test("every open field is compared by its type; the export has the same records")
    func comparisons() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            try await make(client)
            let cases: [(text: String, keys: [String])] = [
                ("type:eq:fund", ["o3", "o4"]), ("type:ne:fund", ["o1", "o2"]),
                ("type:in:fund,university", ["o2", "o3", "o4"]),
                ("founded_on:lt:2020-01-01", ["o1"]), ("founded_on:lte:2020-01-01", ["o1", "o2"]),
                ("founded_on:gt:2020-01-01", ["o4"]), ("founded_on:gte:2020-01-01", ["o2", "o4"]),
                ("founded_on:empty", ["o3"]), ("founded_on:given", ["o1", "o2", "o4"]),
                // Numbers are compared as numbers: 9.5 comes before 10.
                ("managed_capital:lt:10.0", ["o1"]), ("managed_capital:gte:10", ["o2", "o4"]),
                ("managed_capital:eq:10", ["o2"]), ("managed_capital:ne:10", ["o1", "o3", "o4"]),
                ("name_zh:contains:FUND", ["o4"]), ("name_zh:contains:大", ["o2"]),
            ]
            for one in cases { #expect(try await keys(client, ["where": one.text]) == one.keys, "\(one.text)") }
            let both: Query = ["where": "type:eq:fund", "region": "corridor"]
            #expect(try await keys(client, both) == ["o3"])
            var two: Query = ["where": "type:eq:fund"]
            two.append("where", "founded_on:given")
            #expect(try await keys(client, two) == ["o4"])
            let file = try await client.bytes("/v1/organisations/export", query: two)
            let lines = String(decoding: file.body, as: UTF8.self).split(separator: "\r\n")
            #expect(lines.count == 2 && lines[1].hasPrefix("o4,"))
        }
    }

    @Test("a wrong field, operator or value is refused with what would be right")
    func refusals() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            let cases: [(text: String, path: String, hint: String)] = [
                ("foundet_on:lt:2020-01-01", "/v1/organisations", "founded_on"),
                ("type:lt:fund", "/v1/organisations", "type:eq:…"), ("type:eq:fnud", "/v1/organisations", "fund"),
                ("founded_on:lt:2020-02-31", "/v1/organisations", "2021-06-30"),
                ("managed_capital:gte:ten", "/v1/organisations", "decimal"),
                ("birth_date:gte:1980-01-01", "/v1/talents", "open field"), ("type", "/v1/organisations", "type:empty"),
            ]
            for one in cases {
                let error = await #expect(throws: PlatformClientError.self) {
                    _ = try await client.bytes(one.path, query: ["where": one.text])
                }
                #expect(problem(error)?.code == "PARAMETER_INVALID", "\(one.text)")
                let told = problem(error)?.detail.en ?? ""
                #expect(told.contains(one.hint), "\(one.text): \(told)")
            }
        }
    }

    @Test("pages of a sorted list follow one another without gap or repetition")
    func sorted() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            try await make(client)
            struct Patch: Encodable {
                let attributes: Attributes
                let isCorrection = true
                let reason = "typing error"
                let from = "2020-01-01"
            }
            let reply: HTTPReply<RegistryRecord> = try await client.reply(get: "/v1/organisations/o2")
            let mended: HTTPReply<RegistryRecord> = try await client.matching(try #require(reply["ETag"])).patch(
                "/v1/organisations/o2",
                body: Patch(attributes: ["note": .text("x")])
            )
            #expect(mended.body.key == "o2")
            let orders = [
                "key": ["o1", "o2", "o3", "o4"], "-key": ["o4", "o3", "o2", "o1"],
                "changed": ["o1", "o3", "o4", "o2"], "-changed": ["o2", "o4", "o3", "o1"],
                "recorded": ["o1", "o3", "o4", "o2"], "-recorded": ["o2", "o4", "o3", "o1"],
            ]
            for (sort, expected) in orders {
                #expect(try await keys(client, ["sort": sort]) == expected, "\(sort)")
                let pages = client.pages(
                    "/v1/organisations",
                    query: ["sort": sort, "limit": "1"],
                    of: RegistryRecord.self
                )
                #expect(try await pages.items().map(\.key) == expected, "\(sort)")
            }
            let byName = try await keys(client, ["sort": "name"])
            #expect(Set(byName) == ["o1", "o2", "o3", "o4"])
            #expect(try await keys(client, ["sort": "-name"]) == byName.reversed())
        }
    }

    /// Gives a body another name.
    private func rename(_ key: String, _ name: String, _ client: PlatformClient) async throws {
        struct Patch: Encodable {
            let attributes: Attributes
            let isCorrection = true
            let reason = "renamed"
            let from = "2020-01-01"
        }
        let reply: HTTPReply<RegistryRecord> = try await client.reply(get: "/v1/organisations/\(key)")
        _ = try await client.matching(try #require(reply["ETag"])).patch(
            "/v1/organisations/\(key)",
            body: Patch(attributes: ["name_zh": .text(name)]),
            as: RegistryRecord.self
        )
    }

    @Test("pages show one state: what is written between two of them neither moves nor hides anything")
    func stable() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            try await make(client)
            // A name that is too long for a cursor.
            let long = Order(
                key: "o5",
                attributes: [
                    "name_zh": .text(String(repeating: "𠮷", count: 200)), "type": .text("fund"),
                    "region": .text("corridor"),
                ]
            )
            _ = try await client.post("/v1/organisations", body: long, as: RegistryRecord.self)
            for sort in ["changed", "-changed", "recorded", "-recorded", "name", "-name"] {
                let whole: Page<RegistryRecord> = try await client.get("/v1/organisations", query: ["sort": sort])
                let (first, last) = (
                    try #require(whole.items.first).key, try #require(whole.items.last { $0.key != "o5" }).key
                )
                var (shown, after) = ([RegistryRecord](), String?.none)
                repeat {
                    var query: Query = ["sort": sort, "limit": "1", "total": "true"]
                    if let after { query.append("after", after) }
                    let page: Page<RegistryRecord> = try await client.get("/v1/organisations", query: query)
                    #expect(page.total == Int64(whole.items.count), "\(sort)")
                    shown += page.items
                    after = page.next
                    if shown.count > 2 { continue }
                    // One that was shown, one that was not yet, and a new one that would come first or last.
                    try await rename(first, "甲\(shown.count)", client)
                    try await rename(last, "丁\(shown.count)", client)
                    let order = Order(
                        key: "new\(shown.count)\(sort)",
                        attributes: ["name_zh": .text("丙新"), "type": .text("fund"), "region": .text("corridor")]
                    )
                    _ = try await client.post("/v1/organisations", body: order, as: RegistryRecord.self)
                } while after != nil
                #expect(shown.map(\.key) == whole.items.map(\.key), "\(sort)")
                #expect(shown.map(\.attributes) == whole.items.map(\.attributes), "\(sort)")
            }
        }
    }
}
