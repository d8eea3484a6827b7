import DomainModel
import NameForms
import PostgresClient
import Storage
import TestSeeds
import TestSupport
import Testing

/// The search box as of another time, compared with a naive register that keeps every state whole.
@Suite("the search box in time")
struct PastSearchTests {
    private static let questions = [
        "王", "单", "伟", "zhang", "z", "zw", "王 芳", "Zhang Wei", "wei 张", "jean", "neill jean", "T-", "T-7", "shan",
    ]

    @Test("random histories: as of any instant, on any day, page by page")
    func histories() async throws {
        var numbers = SeededGenerator.announced()
        try await withRegistry { registry in
            try await registry.connection.execute("SELECT set_config('ceyuan.regions', '*', false)")
            var history = SearchHistory(registry: registry)
            for _ in 0..<120 { try await history.step(&numbers) }
            var answered = 0
            for _ in 0..<24 {
                let place = Int.random(in: 0..<history.states.count, using: &numbers)
                let at = history.states[place].at.microsecondsSince1970
                let isBefore = place > 0 && Bool.random(using: &numbers)
                let asOf = Instant(microsecondsSince1970: isBefore ? at - 1 : at)
                let state = history.states[isBefore ? place - 1 : place].world
                let year = Bool.random(using: &numbers) ? Int.random(in: 1_999...2_012, using: &numbers) : nil
                let moment = SearchMoment(asOf: asOf, validAt: year.map { day($0) })
                answered += try await compare(state, at: moment, history, &numbers)
            }
            for year in [nil, 2_000, 2_005, 2_030] as [Int?] {
                let moment = SearchMoment(validAt: year.map { day($0) })
                answered += try await compare(history.world, at: moment, history, &numbers)
            }
            #expect(answered > 100)
        }
    }

    /// Asks all questions of one moment.
    ///
    /// - Returns: How many answers there should be.
    private func compare(
        _ world: SearchHistory.World,
        at moment: SearchMoment,
        _ history: SearchHistory,
        _ numbers: inout SeededGenerator
    ) async throws -> Int {
        var answered = 0
        let search = PastSearch(history.registry.connection, .standard, at: moment)
        let limit = Int.random(in: 1...30, using: &numbers)
        for text in Self.questions {
            let question = try #require(SearchQuestion(text))
            let kinds = Bool.random(using: &numbers) ? RegistryKind.allCases : [.talent]
            let filter = SearchFilter(kinds: kinds, day: day(2_024))
            let expected = world.answers(to: question, kinds, on: moment.validAt)
            answered += expected.count
            var (found, after) = ([SearchHit](), String?.none)
            repeat {
                let page = try await search.search(question, filter, after: after, limit: limit)
                #expect(page.items.count == limit || page.next == nil)
                found += page.items
                after = page.next
            } while after != nil
            #expect(found.map(\.key) == expected.map(\.key), "\(text) at \(moment)")
            #expect(found.map(\.rank) == expected.map(\.match.rank), "\(text) at \(moment)")
            #expect(found.map(\.name) == expected.map(\.title), "\(text) at \(moment)")
            #expect(found.map(\.region) == expected.map(\.region), "\(text) at \(moment)")
            if moment.isPresent {
                let present = try await SearchStore(history.registry.connection)
                    .search(question, kinds: kinds, limit: 1_000)
                #expect(present.items == found, "\(text) now")
            }
            let facets = try await search.facets([.kind, .region], question, filter)
            for (name, codes) in [
                (SearchFacet.Name.kind, expected.map(\.kind.rawValue)), (.region, expected.compactMap(\.region)),
            ] {
                let parts = facets.facets.first { $0.name == name }?.parts ?? []
                let counted = Dictionary(uniqueKeysWithValues: parts.map { ($0.code, Int($0.count)) })
                #expect(counted == Dictionary(grouping: codes) { $0 }.mapValues(\.count), "\(text) at \(moment)")
            }
            #expect(!facets.isMore)
        }
        return answered
    }

    @Test("filters and facets are of the state, region, tier, title and warning of that time")
    func filters() async throws {
        try await withRegistry { registry in
            let connection = registry.connection
            try await connection.execute("SELECT set_config('ceyuan.regions', '*', false)")
            var history = SearchHistory(registry: registry)
            for key in ["T-1", "T-2"] {
                try await history.make(key, .talent, from: 2_000, ["name_zh": .text("王芳"), "region": .text("A")])
            }
            let top = Classification(
                vocabulary: "talent_tier",
                code: "top",
                parent: nil,
                name: LocalizedText(zh: "顶尖", en: "top"),
                rank: nil,
                definition: "",
                source: Source(file: "f", locator: "l")
            )
            _ = try await ClassificationStore(connection).merge([Located(top, line: 1, row: 1)], batch: 2)
            let tier = try await registry.say(
                StatementDraft("tier", term: "top", from: day(2_001)),
                about: "T-1",
                to: nil
            )
            try await connection.execute(
                """
                WITH run AS (
                    INSERT INTO registry.rule_run (purpose, day, as_of, rules, principal, started_at)
                    VALUES ('standing', '2024-01-01', now(), '{}', 'p', clock_timestamp()) RETURNING id
                ) INSERT INTO registry.derived_fact (first_run, record_id, sort, term, rule, grounds)
                SELECT run.id, r.id, 'warning', 'relocation', 'r@1', '[]' FROM run, registry.record r WHERE r.key = 'T-2'
                """
            )
            try await history.change("T-2") { try $0.change(["region": .text("B")], state: .closed, from: day(2_010)) }
            let then = try await registry.now()
            try await registry.write("wrong") { recording in
                _ = try await registry.statements.end(tier, recording: recording)
            }
            try await connection.execute(
                """
                WITH run AS (
                    INSERT INTO registry.rule_run (purpose, day, as_of, rules, principal, started_at)
                    VALUES ('standing', '2024-01-02', now(), '{}', 'p', clock_timestamp()) RETURNING id
                ) UPDATE registry.derived_fact SET until_run = run.id FROM run
                """
            )
            try await history.change("T-1") { try $0.correct(["region": .text("B")], on: day(2_000)) }

            let question = try #require(SearchQuestion("芳"))
            func found(
                _ moment: SearchMoment,
                in region: String? = nil,
                _ set: (inout SearchFilter) -> Void = { _ in }
            ) async throws -> [String] {
                var filter = SearchFilter(day: moment.validAt ?? day(2_024))
                set(&filter)
                let search = PastSearch(connection, .standard, at: moment)
                let keys = try await search.search(question, filter, in: region, limit: 10).items.map(\.key)
                let facets = try await search.facets([.kind], question, filter, in: region).facets
                #expect(facets[0].parts.map(\.count) == (keys.isEmpty ? [] : [Int64(keys.count)]))
                return keys
            }
            let asOf = SearchMoment(asOf: then)
            let present = SearchMoment(validAt: day(2_025))
            #expect(try await found(asOf) == ["T-1", "T-2"])
            #expect(try await found(asOf) { $0.tier = "top" } == ["T-1"])
            #expect(try await found(SearchMoment(asOf: then, validAt: day(2_000))) { $0.tier = "top" } == [])
            #expect(try await found(present) { $0.tier = "top" } == [])
            #expect(try await found(asOf) { $0.warning = "relocation" } == ["T-2"])
            #expect(try await found(present) { $0.warning = "relocation" } == [])
            // Of the first day of the year there is a judgement, of the day before none.
            #expect(try await found(SearchMoment(validAt: day(2_024))) { $0.warning = "relocation" } == ["T-2"])
            #expect(try await found(SearchMoment(validAt: day(2_023))) { $0.warning = "relocation" } == [])
            #expect(try await found(asOf) { $0.state = .closed } == ["T-2"])
            #expect(try await found(SearchMoment(asOf: then, validAt: day(2_005))) { $0.state = .closed } == [])
            #expect(try await found(asOf, in: "A") == ["T-1"])
            #expect(try await found(present, in: "A") == [])
            #expect(try await found(SearchMoment(validAt: day(2_005)), in: "A") == ["T-2"])
            let facets = try await PastSearch(connection, .standard, at: asOf)
                .facets([.tier, .warning], question, SearchFilter(day: day(2_024)))
            #expect(
                facets.facets.map(\.parts) == [[.init(code: "top", count: 1)], [.init(code: "relocation", count: 1)]]
            )
        }
    }

    @Test("what an erased record was called is found no longer, also where another had taken it up for a time")
    func erased() async throws {
        try await withRegistry { registry in
            let connection = registry.connection
            try await connection.execute("SELECT set_config('ceyuan.regions', '*', false)")
            var history = SearchHistory(registry: registry)
            try await history.make("T-1", .talent, from: 2_000, ["name_zh": .text("王芳")])
            try await history.make("T-2", .talent, from: 2_000, ["name_zh": .text("单伟")])
            try await history.change("T-1") { try $0.correct(["name_zh": .text("王方")], on: day(2_000)) }
            try await history.change("T-2") { try $0.correct(["name_zh": .text("单为")], on: day(2_000)) }
            try await history.merge("T-2", into: "T-1")
            let then = try await registry.now()
            try await history.undo("T-2")
            func names() async throws -> Set<String> {
                let rows = try await connection.query("SELECT DISTINCT name FROM registry.past_key")
                return Set(try rows.map { try $0.decode(String.self) })
            }
            func found(_ text: String) async throws -> [String] {
                let question = try #require(SearchQuestion(text))
                return try await PastSearch(connection, .standard, at: SearchMoment(asOf: then))
                    .search(question, SearchFilter(day: day(2_024)), limit: 10).items.map(\.key)
            }
            #expect(try await names() == ["王芳", "单伟", "单为", "t2"])
            #expect(try await found("单为") == ["T-1"])
            #expect(try await found("T-2") == ["T-1"])
            try await connection.execute("UPDATE registry.record SET state = 'erased' WHERE key = 'T-2'")
            #expect(try await names() == ["王芳"])
            #expect(try await found("单为") == [])
            // Whoever had read the values before puts nothing back.
            try await history.index(["T-1", "T-2"])
            #expect(try await names() == ["王芳"])
        }
    }

    @Test("the role of services finds what lies in its regions now, and reads no keys")
    func regions() async throws {
        let database = try await TestDatabase.create()
        let (owner, pool) = (try database.makePool(), try database.makeServicePool())
        let (then, codes) = try await owner.withConnection { connection in
            try await connection.execute("SELECT set_config('ceyuan.regions', '*', false)")
            let registry = try await TestRegistry(connection)
            var history = SearchHistory(registry: registry)
            for (key, region) in [("T-1", "A"), ("T-2", "A"), ("T-3", "B")] {
                try await history.make(key, .talent, from: 2_000, ["name_zh": .text("王芳"), "region": .text(region)])
            }
            let then = try await registry.now()
            for key in ["T-1", "T-2", "T-3"] {
                try await history.change(key) { try $0.correct(["name_zh": .text("李四")], on: day(2_000)) }
            }
            try await history.change("T-2") { try $0.change(["region": .text("B")], from: day(2_010)) }
            return (then, try await RegionStore(connection).codesByNumber())
        }
        let (a, b) = (codes.first { $0.value == "A" }?.key ?? 0, codes.first { $0.value == "B" }?.key ?? 0)
        func find(_ text: String, _ scope: RegionScope) async throws -> [String] {
            try await pool.withTransaction { connection in
                try await connection.execute("SELECT set_config('ceyuan.regions', \(scope.setting), true)")
                let question = try #require(SearchQuestion(text))
                return try await PastSearch(connection, .standard, at: SearchMoment(asOf: then))
                    .search(question, SearchFilter(day: day(2_024)), limit: 10).items.map(\.key)
            }
        }
        for text in ["王芳", "芳", "wf", "wang f", "芳 王"] {
            #expect(try await find(text, .everywhere) == ["T-1", "T-2", "T-3"], "\(text)")
            #expect(try await find(text, .regions([a])) == ["T-1"], "\(text)")
            #expect(try await find(text, .regions([b])) == ["T-2", "T-3"], "\(text)")
            #expect(try await find(text, .nowhere) == [], "\(text)")
        }
        #expect(try await find("李四", .everywhere) == [])
        await #expect(throws: PostgresError.self) {
            try await pool.withConnection { try await $0.query("SELECT count(*) FROM registry.past_key") }
        }
        await pool.shutdown()
        await owner.shutdown()
        try await database.drop()
    }
}
