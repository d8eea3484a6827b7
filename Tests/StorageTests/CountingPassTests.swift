import DomainModel
import PostgresClient
import Storage
import TestSeeds
import TestSupport
import Testing

/// All measures in one pass, beside each by itself, and beside rules that are followed record by record.
@Suite("Counting all measures at once")
struct CountingPassTests {
    /// A record as the test made it.
    private struct Made {
        let key: String
        let kind: RegistryKind
        var timeline: RecordTimeline
        var said: [StatementDraft] = []
    }

    private static let rules = CountingRule.standard
    private static let days = DateSpan(from: day(2_024), until: day(2_025))
    private static let lastDay = CivilDate(daysSince1970: day(2_025).daysSince1970 - 1)
    private static let regions: [String?] = ["A", "B", "C", nil]

    @Test("all measures at once are what each is by itself, as of any instant, and what the rules say")
    func random() async throws {
        var generator = SeededGenerator.announced()
        try await withCountedRegistry { registry in
            var made: [Made] = []
            for number in 0..<90 { made.append(try await record(number, in: registry, &generator)) }
            let before = try await registry.now()
            let all = try await count(Self.rules, registry, isPresent: true)
            for (rule, values) in zip(Self.rules, all) {
                let expected = Self.regions.compactMap(\.self).map { Self.value(of: rule, in: $0, made) }
                #expect(values.map(\.value) == expected, "\(rule.measure)")
                #expect(try await count([rule], registry, isPresent: true) == [values], "\(rule.measure)")
            }
            #expect(all.flatMap(\.self).contains { $0.records > 3 })
            // Corrections: whole records go, and another year is told of others.
            for one in made.prefix(20) {
                try await registry.change(one.key, "mistaken") { timeline in
                    timeline = RecordTimeline(
                        Int.random(in: 0...1, using: &generator) == 0 ? [] : [timeline.versions[0]]
                    )
                }
            }
            #expect(try await count(Self.rules, registry, isPresent: true) != all)
            #expect(try await count(Self.rules, registry, isPresent: false, asOf: before) == all)
            let now = try await registry.now()
            #expect(
                try await count(Self.rules, registry, isPresent: false, asOf: now)
                    == count(Self.rules, registry, isPresent: true)
            )
        }
    }

    private func count(
        _ rules: [CountingRule],
        _ registry: TestRegistry,
        isPresent: Bool,
        asOf: Instant? = nil
    ) async throws -> [[RegionCount]] {
        try await registry.connection.withTransaction { connection in
            try await connection.execute("SELECT set_config('ceyuan.regions', '*', true)")
            let newest = try await BatchStore(connection).newestInstant()
            let store = TallyStore(connection)
            let tallies = try await store.count(
                rules,
                days: Self.days,
                asOf: asOf ?? newest,
                isPresent: isPresent,
                now: newest,
                principal: "user:li"
            )
            #expect(tallies.map(\.measure) == rules.map(\.measure))
            return try await store.values(of: Array(zip(tallies, rules)))
        }
    }

    private func record(
        _ number: Int,
        in registry: TestRegistry,
        _ generator: inout SeededGenerator
    ) async throws -> Made {
        let rule = Self.rules.randomElement(using: &generator) ?? Self.rules[0]
        let kind = rule.selection.kind
        let key = "r\(number)"
        var attributes: Attributes = ["name_zh": .text(key)]
        for condition in Self.rules.filter({ $0.selection.kind == kind }).flatMap(\.selection.conditions) {
            // The values of the rule itself more often than those of others, so that it counts somebody.
            let isOwn = rule.selection.conditions.contains(condition)
            switch condition {
            case .field(let code, let values):
                if isOwn || attributes[code] == nil {
                    attributes[code] = .text(values.randomElement(using: &generator) ?? "")
                }
            case .isTrue(let code): attributes[code] = .boolean(Bool.random(using: &generator))
            case .dated(let code): attributes[code] = .text(Self.anyDay(&generator).isoText)
            case .holds, .begins: continue
            }
        }
        if kind == .platform { attributes["floor_area"] = .text("\(number).5") }
        attributes["region"] = Self.regions.randomElement(using: &generator)?.map { .text($0) }
        var timeline = RecordTimeline([
            RecordTimeline.Version(from: day(2_020 + number % 4), attributes: attributes)
        ])
        if Int.random(in: 0...2, using: &generator) == 0 {
            try timeline.change(["region": .text("B")], from: day(2_024 + number % 2))
        }
        if Int.random(in: 0...5, using: &generator) == 0 {
            try timeline.change([:], state: .closed, from: day(2_024 + number % 3))
        }
        let first = timeline
        try await registry.write("made") { recording in
            _ = try await registry.records.create(kind, key: key, first.versions[0], recording: recording)
        }
        try await registry.change(key, "went on") { $0 = first }
        var made = Made(key: key, kind: kind, timeline: timeline)
        for condition in Self.rules.filter({ $0.selection.kind == kind }).flatMap(\.selection.conditions) {
            guard rule.selection.conditions.contains(condition) || Int.random(in: 0...3, using: &generator) == 0 else {
                continue
            }
            switch condition {
            case .holds(let type, let terms), .begins(let type, let terms):
                let other = RecordModel.standard.statement(type)?.choices.randomElement(using: &generator)?.code
                let term = terms.randomElement(using: &generator) ?? other
                if made.said.contains(where: { $0.type == type && $0.term == term }) { continue }
                let from = Self.anyDay(&generator)
                let lasts = Int.random(in: 1...1_000, using: &generator)
                let until = Bool.random(using: &generator) ? CivilDate(daysSince1970: from.daysSince1970 + lasts) : nil
                let draft = StatementDraft(type, term: term, from: from, until: until)
                _ = try await registry.say(draft, about: key, to: nil)
                made.said.append(draft)
            case .field, .isTrue, .dated: continue
            }
        }
        return made
    }

    /// A day of 2023 to 2025, often one of those on which a year ends or begins.
    private static func anyDay(_ generator: inout SeededGenerator) -> CivilDate {
        let edge = [day(2_024), day(2_025)].randomElement(using: &generator) ?? day(2_024)
        let away =
            Bool.random(using: &generator)
            ? Int.random(in: -1...0, using: &generator) : Int.random(in: -300...300, using: &generator)
        return CivilDate(daysSince1970: edge.daysSince1970 + away)
    }

    // The rules by the words of their definition.

    private static func value(of rule: CountingRule, in region: String, _ made: [Made]) -> ExactDecimal? {
        let counted = made.filter { selects(rule.selection, $0, in: region) }
        switch rule.result {
        case .number: return ExactDecimal(mantissa: Int128(counted.count), scale: rule.scale).normalized
        case .sum(let field):
            let tenths = counted.reduce(0) { sum, one in
                let text = one.timeline.version(on: lastDay)?.attributes[field]?.text ?? "0.0"
                return sum + (Int(text.filter(\.isNumber)) ?? 0)
            }
            return ExactDecimal(mantissa: Int128(tenths), scale: rule.scale + 1).normalized
        case .share(let whole):
            let all = made.filter { selects(whole, $0, in: region) }.count
            guard all > 0 else { return nil }
            return try? ExactDecimal(counted.count * 100).divided(by: ExactDecimal(all), places: 2)
        }
    }

    private static func selects(_ selection: RecordSelection, _ one: Made, in region: String) -> Bool {
        guard one.kind == selection.kind, let version = one.timeline.version(on: lastDay),
            selection.isFlow || version.state == .active,
            let lies = version.attributes["region"]?.text, lies == region || lies == "C" && region == "A"
        else { return false }
        return selection.conditions.allSatisfy { condition in
            switch condition {
            case .field(let code, let values): return version.attributes[code]?.text.map(values.contains) ?? false
            case .isTrue(let code): return version.attributes[code] == .boolean(true)
            case .dated(let code): return version.attributes[code]?.text?.hasPrefix("2024-") ?? false
            case .holds(let type, let terms):
                return said(one, type, terms).contains { draft in
                    (draft.from.map { $0 <= lastDay } ?? true) && (draft.until.map { $0 > lastDay } ?? true)
                }
            case .begins(let type, let terms):
                return said(one, type, terms).contains { $0.from?.isoText.hasPrefix("2024-") ?? false }
            }
        }
    }

    private static func said(_ one: Made, _ type: String, _ terms: [String]) -> [StatementDraft] {
        let meant = terms.contains("top") ? terms + ["soul_scientist"] : terms
        return one.said.filter { $0.type == type && (meant.isEmpty || meant.contains($0.term ?? "")) }
    }
}
