import DomainModel
import PostgresClient
import Storage
import TestSeeds
import TestSupport
import Testing

@Suite("Derived facts as of an instant and a day")
struct DerivedFactMomentTests {
    /// A run that stood, as the naive model keeps it: whole.
    private struct Stood {
        let recordedAt: Instant
        let day: CivilDate
        let facts: Set<String>
    }

    private static func text(_ fact: DerivedFact) -> String { "\(fact.record) \(fact.term) \(fact.rule)" }

    private func run(
        _ registry: TestRegistry,
        on date: CivilDate,
        _ facts: [(record: Int64, fact: DerivedFact)],
        of range: (after: Int64, upTo: Int64),
        _ purpose: RuleRun.Purpose
    ) async throws -> Instant {
        let now = try await registry.now()
        let id = try await registry.connection.withTransaction { connection in
            let store = RuleRunStore(connection)
            _ = try await store.takeTurn()
            let id = try await store.begin(
                .init(purpose: purpose, day: date, asOf: now, rules: [], record: nil, principal: "user:li", now: now)
            )
            try await store.keep(facts, after: range.after, upTo: range.upTo, of: id, purpose)
            try await store.finish(id, records: 0, facts: facts.count, digest: "")
            try await store.seal(id)
            return id
        }
        let row = try await registry.connection.queryOne("SELECT recorded_at FROM registry.rule_run WHERE id = \(id)")
        return Instant(try #require(try row?.decode(PostgresTimestamp.self)))
    }

    @Test("what is answered is what the last run of the day, or of a day before, had concluded by the instant")
    func random() async throws {
        var random = SeededGenerator.announced()
        try await withRegistry { registry in
            var ids: [Int64] = []
            for key in ["p", "q", "r"] {
                _ = try await registry.make(.talent, key: key, ["name_zh": .text("林"), "region": .text("A")])
                ids.append(try #require(try await registry.records.related([key])[key]).id)
            }
            var runs: [Stood] = []
            var date = day(2_024).daysSince1970
            for _ in 0..<20 {
                date += Int.random(in: 0...2, using: &random)
                let isTrial = Int.random(in: 0..<4, using: &random) == 0
                // Runs over one record leave the facts of others alone.
                let only = Int.random(in: 0..<3, using: &random) == 0 ? ids.randomElement(using: &random) : nil
                var found: [(record: Int64, fact: DerivedFact)] = []
                for (id, key) in zip(ids, ["p", "q", "r"]) where only ?? id == id {
                    for term in ["a", "b"] where Bool.random(using: &random) {
                        let rule = "rule@\(Int.random(in: 1...2, using: &random))"
                        found.append((id, DerivedFact(record: key, sort: .tier, term: term, rule: rule, grounds: [])))
                    }
                }
                let asked = CivilDate(daysSince1970: isTrial ? date - 9 : date)
                let range = (after: only.map { $0 - 1 } ?? 0, upTo: only ?? .max)
                let instant = try await run(registry, on: asked, found, of: range, isTrial ? .trial : .standing)
                if isTrial { continue }
                let others = runs.last.map { last in
                    last.facts.filter { fact in
                        only != nil && !fact.hasPrefix(["p", "q", "r"][ids.firstIndex(of: only ?? 0) ?? 0])
                    }
                }
                let facts = (others ?? []).union(found.map { Self.text($0.fact) })
                runs.append(Stood(recordedAt: instant, day: asked, facts: facts))
            }
            let store = DerivedFactStore(registry.connection)
            for _ in 0..<60 {
                let edge = try #require(runs.randomElement(using: &random)).recordedAt.microsecondsSince1970
                let offset = Int64.random(in: -1...1, using: &random)
                let asOf = Bool.random(using: &random) ? Instant(microsecondsSince1970: edge + offset) : nil
                let first = day(2_024).daysSince1970 - 1
                let validAt =
                    Bool.random(using: &random)
                    ? CivilDate(daysSince1970: Int.random(in: first...date + 1, using: &random)) : nil
                let expected = runs.last { run in
                    (asOf.map { run.recordedAt <= $0 } ?? true) && (validAt.map { run.day <= $0 } ?? true)
                }
                let filter = DerivedFactStore.Filter(asOf: asOf, validAt: validAt)
                let page = try await store.list(filter, ListQuestion(limit: 100))
                #expect(
                    Set(page.items.map(Self.text)) == expected?.facts ?? [],
                    "asOf \(String(describing: asOf)), validAt \(String(describing: validAt))"
                )
                let listed = try await RuleRunStore(registry.connection)
                    .list(purpose: .standing, asOf: asOf, validAt: validAt, ListQuestion(limit: 1)).items.first
                #expect(listed?.day == expected?.day)
            }
        }
    }

    @Test("a region is that of the day and the belief; what a run concluded before it was recorded is not known")
    func regions() async throws {
        try await withRegistry { registry in
            _ = try await registry.make(.talent, key: "p", from: 2_020, ["name_zh": .text("林"), "region": .text("A")])
            let id = try #require(try await registry.records.related(["p"])["p"]).id
            let fact = DerivedFact(record: "p", sort: .tier, term: "a", rule: "rule@1", grounds: [])
            let recorded = try await run(registry, on: day(2_024), [(id, fact)], of: (0, .max), .standing)
            try await registry.change("p", "moved") { try $0.change(["region": .text("B")], from: day(2_023)) }
            let store = DerivedFactStore(registry.connection)
            func regions(asOf: Instant? = nil, _ year: Int? = nil) async throws -> [String] {
                var found: [String] = []
                for region in ["A", "B"] {
                    let filter = DerivedFactStore.Filter(region: region, asOf: asOf, validAt: year.map { day($0) })
                    if try await !store.list(filter, ListQuestion(limit: 9)).items.isEmpty { found.append(region) }
                }
                return found
            }
            #expect(try await regions() == ["B"])
            #expect(try await regions(asOf: recorded) == ["A"])
            #expect(try await regions(2_024) == ["B"])
            // No run had judged a day so early.
            #expect(try await regions(2_022) == [])
            let before = Instant(microsecondsSince1970: recorded.microsecondsSince1970 - 1)
            #expect(try await regions(asOf: before) == [])
            #expect(try await RuleRunStore(registry.connection).find(1, asOf: before) == nil)
            #expect(try await RuleRunStore(registry.connection).find(1, asOf: recorded) != nil)
        }
    }
}
