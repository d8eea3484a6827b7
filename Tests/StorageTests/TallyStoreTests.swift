import DomainModel
import PostgresClient
import Storage
import TestSupport
import Testing

@Suite("Counting the registry for indicators")
struct TallyStoreTests {
    private func count(
        _ measure: String,
        _ year: Int,
        in registry: TestRegistry,
        asOf: Instant? = nil,
        seeing regions: String = "*"
    ) async throws -> [String: String] {
        let rule = try #require(CountingRule.standard.first { $0.measure == measure })
        let now = try await registry.now()
        return try await registry.connection.withTransaction { connection in
            let store = TallyStore(connection)
            try await connection.execute("SELECT set_config('ceyuan.regions', \(regions), true)")
            let tallies = try await store.count(
                [rule],
                days: DateSpan(from: day(year), until: day(year + 1)),
                asOf: asOf ?? now,
                now: now,
                principal: "user:li"
            )
            let tally = try #require(tallies.first)
            #expect(try await store.find(tally.id) == tally)
            let values = try await store.values(of: tally, by: rule)
            return Dictionary(uniqueKeysWithValues: values.map { ($0.region, $0.value?.description ?? "-") })
        }
    }

    private func person(
        _ key: String,
        in region: String,
        _ registry: TestRegistry,
        from: Int,
        until: Int? = nil,
        isSTEM: Bool = false
    ) async throws {
        _ = try await registry.make(
            .talent,
            key: key,
            ["name_zh": .text(key), "region": .text(region), "is_stem": .boolean(isSTEM)]
        )
        let presence = StatementDraft("presence", from: day(from), until: until.map { day($0) })
        _ = try await registry.say(presence, about: key, to: nil)
    }

    @Test("stock and flow: who is there on the last day, who came within the year, each region with those below it")
    func people() async throws {
        try await withCountedRegistry { registry in
            try await person("p1", in: "A", registry, from: 2_020)
            try await person("p2", in: "C", registry, from: 2_024, isSTEM: true)
            try await person("p3", in: "C", registry, from: 2_024)
            try await person("p4", in: "B", registry, from: 2_020, until: 2_024)
            #expect(try await count("talent.total", 2_023, in: registry) == ["A": "0.0001", "B": "0.0001", "C": "0"])
            #expect(try await count("talent.total", 2_024, in: registry) == ["A": "0.0003", "B": "0", "C": "0.0002"])
            #expect(
                try await count("talent.stem_share", 2_024, in: registry) == ["A": "50.00", "B": "-", "C": "50.00"]
            )
            // One who moves is counted where he is on the day, once.
            try await registry.change("p2", "moved") { try $0.change(["region": .text("B")], from: day(2_025)) }
            #expect(try await count("talent.total", 2_024, in: registry) == ["A": "0.0003", "B": "0", "C": "0.0002"])
            #expect(
                try await count("talent.total", 2_025, in: registry) == ["A": "0.0002", "B": "0.0001", "C": "0.0001"]
            )
        }
    }

    @Test("a late correction changes what is counted now, and not what was counted as of before it")
    func asOf() async throws {
        try await withCountedRegistry { registry in
            _ = try await registry.make(.enterprise, key: "e", ["name_zh": .text("公司"), "region": .text("A")])
            let title = StatementDraft("title", term: "nhte", from: day(2_022), until: day(2_025))
            let number = try await registry.say(title, about: "e", to: nil)
            let before = try await registry.now()
            _ = try await registry.write("never had it") { try await registry.statements.end(number, recording: $0) }
            #expect(try await count("enterprise.nhte", 2_023, in: registry)["A"] == "0")
            #expect(try await count("enterprise.nhte", 2_023, in: registry, asOf: before)["A"] == "1")
            #expect(try await count("enterprise.nhte", 2_025, in: registry, asOf: before)["A"] == "0")
        }
    }

    @Test("a term counts with the narrower ones of its vocabulary")
    func narrower() async throws {
        try await withCountedRegistry { registry in
            for (key, tier) in [("p1", "soul_scientist"), ("p2", "leading")] {
                try await person(key, in: "A", registry, from: 2_024)
                _ = try await registry.say(StatementDraft("tier", term: tier, from: day(2_024)), about: key, to: nil)
            }
            #expect(try await count("talent.star.top", 2_024, in: registry)["A"] == "1")
            #expect(try await count("talent.top_leading_introduced", 2_024, in: registry)["A"] == "2")
            #expect(try await count("talent.soul_scientists", 2_024, in: registry)["A"] == "1")
            #expect(try await count("talent.soul_scientists", 2_025, in: registry)["A"] == "0")
        }
    }

    @Test("values are told for regions that the caller sees, and no others")
    func scope() async throws {
        try await withCountedRegistry { registry in
            try await person("p1", in: "C", registry, from: 2_020)
            let ids = try await registry.connection.query(
                "SELECT id FROM registry.region WHERE code IN ('B', 'C') ORDER BY id"
            ).map { try $0.decode(Int32.self) }
            let seeing = "{\(ids.map(String.init).joined(separator: ","))}"
            #expect(try await count("talent.total", 2_024, in: registry, seeing: seeing) == ["B": "0", "C": "0.0001"])
            #expect(try await count("talent.total", 2_024, in: registry, seeing: "").isEmpty)
        }
    }

    @Test("areas are summed exactly, of carriers that exist")
    func sums() async throws {
        try await withCountedRegistry { registry in
            func carrier(_ key: String, _ region: String, _ status: String, _ area: String?) async throws {
                var attributes: Attributes = [
                    "name_zh": .text(key), "type": .text("incubator"), "region": .text(region), "status": .text(status),
                ]
                attributes["floor_area"] = area.map { .text($0) }
                _ = try await registry.make(.platform, key: key, attributes)
            }
            try await carrier("i1", "A", "operating", "12000.5")
            try await carrier("i2", "C", "building", "0.5")
            try await carrier("i3", "A", "operating", nil)
            try await carrier("i4", "A", "planned", "99999")
            #expect(try await count("incubator.carriers", 2_024, in: registry) == ["A": "3", "B": "0", "C": "1"])
            #expect(try await count("incubator.floor", 2_024, in: registry)["A"] == "1.2001")
        }
    }

    @Test("the counted records are kept with the value, also when the register has changed since")
    func members() async throws {
        try await withCountedRegistry { registry in
            for key in ["p1", "p2", "p3"] { try await person(key, in: key == "p3" ? "B" : "C", registry, from: 2_020) }
            let rule = try #require(CountingRule.standard.first { $0.measure == "talent.total" })
            let now = try await registry.now()
            let tallies = try await registry.connection.withTransaction { connection in
                try await TallyStore(connection).count(
                    [rule],
                    days: DateSpan(from: day(2_024), until: day(2_025)),
                    asOf: now,
                    now: now,
                    principal: "user:li"
                )
            }
            let tally = try #require(tallies.first)
            try await registry.change("p1", "moved") { try $0.correct(["region": .text("B")], on: day(2_024)) }
            let store = TallyStore(registry.connection)
            #expect(try await store.records(of: tally.id, in: "A", after: nil, limit: 9) == ["p1", "p2"])
            #expect(try await store.records(of: tally.id, in: "A", after: "p1", limit: 9) == ["p2"])
            #expect(try await store.records(of: tally.id, in: "B", after: nil, limit: 9) == ["p3"])
        }
    }
}
