import DomainModel
import PostgresClient
import RegistryRules
import Storage
import TestSupport
import Testing

@Suite("Keeping what rules conclude")
struct RuleRunStoreTests {
    /// Runs the standard rules over the whole registry, a few records at a time.
    private func run(
        _ registry: TestRegistry,
        on date: CivilDate,
        asOf: Instant? = nil,
        purpose: RuleRun.Purpose = .standing,
        chunk: Int = 2
    ) async throws -> (run: RuleRun, facts: [DerivedFact]) {
        let now = try await registry.now()
        return try await registry.connection.withTransaction { connection in
            let store = RuleRunStore(connection)
            _ = try await store.takeTurn()
            let id = try await store.begin(
                .init(
                    purpose: purpose,
                    day: date,
                    asOf: asOf ?? now,
                    rules: DerivationRule.standard.map(\.name),
                    record: nil,
                    principal: "user:li",
                    now: now
                )
            )
            var reader = SituationReader(connection, for: DerivationRule.standard, day: date, asOf: asOf ?? now)
            var (place, all, records) = (Int64(0), [DerivedFact](), 0)
            while true {
                let part = try await reader.next(after: place, limit: chunk)
                let found = part.situations.flatMap { record, situation in
                    DerivationRule.derive(DerivationRule.standard, from: situation).map { (record: record, fact: $0) }
                }
                try await store.keep(found, after: place, upTo: part.last ?? .max, of: id, purpose)
                all += found.map(\.fact)
                records += part.count
                guard let last = part.last else { break }
                place = last
            }
            try await store.finish(id, records: records, facts: all.count, digest: "")
            let run = try await store.find(id)
            return (try #require(run), all)
        }
    }

    private func standing(
        _ registry: TestRegistry,
        _ filter: DerivedFactStore.Filter = .init()
    ) async throws -> [String] {
        try await registry.connection.withTransaction { connection in
            let store = DerivedFactStore(connection)
            let all = try await store.list(filter, ListQuestion(limit: 100)).items
            #expect(try await pages { try await store.list(filter, $0) } == all)
            return all.map { "\($0.record) \($0.sort.rawValue) \($0.term)" }
        }
    }

    /// The items of a list, one a page.
    private func pages<Item>(_ ask: (ListQuestion) async throws -> Page<Item>) async throws -> [Item] {
        var (items, after) = ([Item](), String?.none)
        repeat {
            let page = try await ask(ListQuestion(after: after, limit: 1))
            items += page.items
            after = page.next
        } while after != nil
        return items
    }

    /// A person with an honour of another region, and a firm that becomes a joint-stock company.
    private func populate(_ registry: TestRegistry) async throws {
        let top = Classification(
            vocabulary: "talent_tier",
            code: "top",
            parent: nil,
            name: LocalizedText(zh: "顶尖", en: "top"),
            rank: nil,
            definition: "",
            source: Source(file: "f", locator: "l")
        )
        _ = try await ClassificationStore(registry.connection).merge([Located(top, line: 1, row: 1)], batch: 2)
        _ = try await registry.make(.award, key: "w", ["name_zh": .text("奖"), "tier": .text("top")])
        _ = try await registry.make(.talent, key: "p", ["name_zh": .text("林"), "region": .text("A")])
        _ = try await registry.make(
            .enterprise,
            key: "e",
            ["name_zh": .text("公司"), "region": .text("B"), "legal_form": .text("limited")]
        )
        _ = try await registry.say(StatementDraft("award_won", object: "w", from: day(2_020)), about: "p", to: "w")
    }

    @Test("facts stand from run to run; a re-run tells who gains, who loses and whose grounds are others")
    func runs() async throws {
        try await withRegistry { registry in
            try await populate(registry)
            let first = try await run(registry, on: day(2_024))
            #expect(try await standing(registry) == ["e stage market.enterprise", "p tier top"])
            #expect(first.run.records == 2)
            let grounds = first.facts.flatMap(\.grounds)
            #expect(grounds.contains { $0.field == "legal_form" } && grounds.contains { $0.statement != nil })

            // The same again ends nothing and begins nothing.
            let again = try await run(registry, on: day(2_024), chunk: 1)
            #expect(again.facts == first.facts)
            let rows = try await registry.connection.query("SELECT id FROM registry.derived_fact")
            #expect(rows.count == 2)

            try await registry.change("e", "form") {
                try $0.change(["legal_form": .text("joint_stock")], from: day(2_023))
            }
            let more = StatementDraft("award_won", object: "w", from: day(2_022))
            _ = try await registry.say(more, about: "p", to: "w")
            let last = try await run(registry, on: day(2_024))
            #expect(try await standing(registry) == ["e stage market.joint_stock", "p tier top"])
            #expect(try await standing(registry, .init(run: first.run)) == ["e stage market.enterprise", "p tier top"])
            #expect(try await standing(registry, .init(sort: .tier, region: "A", kind: .talent)) == ["p tier top"])
            #expect(try await standing(registry, .init(region: "A", kind: .enterprise)) == [])

            try await compare(registry, first, last)
            try await compare(registry, again, last)
            try await compare(registry, first, again)
            // What was believed before is concluded again, beside what stands.
            let trial = try await run(registry, on: day(2_024), asOf: first.run.asOf, purpose: .trial)
            #expect(trial.facts == first.facts)
            try await compare(registry, last, trial)
            #expect(try await standing(registry) == ["e stage market.joint_stock", "p tier top"])
        }
    }

    /// What the database says of two runs is what the rule of comparison says of their facts.
    private func compare(
        _ registry: TestRegistry,
        _ before: (run: RuleRun, facts: [DerivedFact]),
        _ after: (run: RuleRun, facts: [DerivedFact])
    ) async throws {
        let expected = RuleComparison(before: before.facts, after: after.facts)
        try await registry.connection.withTransaction { connection in
            let store = RuleComparisonStore(connection, before: before.run, after: after.run)
            func facts(_ change: RuleChange.Change) async throws -> Set<DerivedFact> {
                let all = try await store.changes(change, sort: nil, term: nil, ListQuestion(limit: 100)).items
                #expect(try await pages { try await store.changes(change, sort: nil, term: nil, $0) } == all)
                return Set(all.compactMap(\.fact))
            }
            #expect(try await facts(.gained) == Set(expected.gained))
            #expect(try await facts(.lost) == Set(expected.lost))
            #expect(try await facts(.regrounded) == Set(expected.regrounded))
            let parts = try await store.difference().parts
            #expect(parts.reduce(0) { $0 + $1.unchanged } == Int64(expected.unchanged))
            #expect(parts.reduce(0) { $0 + $1.gained } == Int64(expected.gained.count))
            #expect(parts.reduce(0) { $0 + $1.lost } == Int64(expected.lost.count))
        }
    }

    @Test("a new warning is told once, and facts of other regions are not there")
    func warnings() async throws {
        try await withRegistry { registry in
            try await populate(registry)
            for (year, staff) in [(2_022, Int64(100)), (2_023, 50)] {
                let figures = StatementDraft(
                    "figures",
                    from: day(year),
                    until: day(year + 1),
                    attributes: ["employees": .integer(staff)]
                )
                _ = try await registry.say(figures, about: "e", to: nil)
            }
            let first = try await run(registry, on: day(2_024))
            let store = RuleRunStore(registry.connection)
            #expect(
                try await store.warned(by: first.run.id).map { "\($0.key) \($0.terms)" } == [#"e ["employment"]"#]
            )
            let second = try await run(registry, on: day(2_024))
            #expect(try await store.warned(by: second.run.id).isEmpty)
            let seen = try await registry.connection.withTransaction { connection in
                try await connection.execute(
                    """
                    SELECT set_config('ceyuan.regions', '{' || id || '}', true) FROM registry.region WHERE code = 'A'
                    """
                )
                // The owner of the database would see all.
                try await connection.execute("SET LOCAL ROLE ceyuan_service")
                return try await DerivedFactStore(connection).list(.init(), ListQuestion(limit: 9)).items.map(\.record)
            }
            #expect(seen == ["p"])
        }
    }
}
