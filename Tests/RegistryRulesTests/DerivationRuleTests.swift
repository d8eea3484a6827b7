import DomainModel
import Testing

@testable import RegistryRules

@Suite("Deriving facts by rule")
struct DerivationRuleTests {
    typealias Fact = RecordSituation.Fact

    private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(iso: text)) }

    private func span(_ from: String?, _ until: String? = nil) -> DateSpan {
        DateSpan(from: from.flatMap { CivilDate(iso: $0) }, until: until.flatMap { CivilDate(iso: $0) })
    }

    private func year(_ number: Int64, _ year: Int, _ attributes: [String: String]) -> Fact {
        Fact(
            number,
            "figures",
            validity: span("\(year)-01-01", "\(year + 1)-01-01"),
            attributes: attributes.mapValues { .text($0) }
        )
    }

    private func firm(
        _ facts: [Fact],
        _ attributes: Attributes = [:],
        on day: String = "2025-06-30"
    ) throws
        -> RecordSituation
    {
        RecordSituation(key: "E-1", kind: .enterprise, day: try self.day(day), attributes: attributes, facts: facts)
    }

    @Test("the highest tier that an honour gives counts, with the honours that give it; later ones do not count yet")
    func tiers() throws {
        func won(_ number: Int64, _ tier: String, _ date: String) -> Fact {
            let award: Attributes = ["name_zh": .text("奖\(number)"), "tier": .text(tier)]
            return Fact(number, "award_won", object: "W-\(number)", objectAttributes: award, validity: span(date))
        }
        let facts = [
            won(1, "leading", "2010-01-01"), won(2, "top", "2020-01-01"), won(3, "soul_scientist", "2026-01-01"),
        ]
        let person = RecordSituation(
            key: "T-1",
            kind: .talent,
            day: try day("2025-06-30"),
            attributes: [:],
            facts: facts
        )
        let derived = DerivationRule.tier.derive(from: person)
        #expect(derived.map(\.term) == ["top"])
        #expect(derived.first?.grounds.map(\.statement) == [2])
        #expect(derived.first?.rule == "tier_by_honour@1")
        #expect(DerivationRule.ladder.derive(from: person).isEmpty)
    }

    @Test("each step of the ladder stands above the ones before; the New Third Board is no listing")
    func ladder() throws {
        let above = Fact(1, "title", term: "above_scale", validity: span("2020-01-01", "2026-01-01"))
        let old = Fact(2, "listing", term: "star", validity: span("2019-07-22", "2024-01-01"))
        let quoted = Fact(3, "listing", term: "neeq", validity: span("2019-07-22"))
        let listed = Fact(4, "listing", term: "star", validity: span("2024-07-22"))
        func stage(_ form: String?, _ facts: [Fact]) throws -> [String] {
            let attributes: Attributes = form.map { ["legal_form": .text($0)] } ?? [:]
            return DerivationRule.ladder.derive(from: try firm(facts, attributes)).map(\.term)
        }
        #expect(try stage(nil, []) == [])
        #expect(try stage("individual", []) == ["market.individual"])
        #expect(try stage("limited", [old, quoted]) == ["market.enterprise"])
        #expect(try stage("limited", [above]) == ["market.above_scale"])
        #expect(try stage("joint_stock", [above]) == ["market.joint_stock"])
        #expect(try stage("joint_stock", [above, listed]) == ["market.listed"])
    }

    /// 1,000 × 1.2³ = 1,728: exactly 20 % a year is not more than 20 %.
    @Test(
        "high growth is more than 20 % a year over three years, from ten employees",
        arguments: [
            ("1000", "1728", "10", "10", false), ("1000", "1728.01", "10", "10", true),
            ("1000", "5000", "9", "10", false), ("1000", "1000", "10", "18", true), ("1000", "1000", "10", "17", false),
            ("0", "1000", "10", "10", false),
        ]
    )
    func growth(_ before: String, _ after: String, _ staffBefore: String, _ staff: String, _ expected: Bool) throws {
        let situation = try firm([
            year(1, 2021, ["revenue": before, "employees": staffBefore]),
            year(2, 2024, ["revenue": after, "employees": staff]),
            // The year that has not ended says nothing.
            year(3, 2025, ["revenue": "1", "employees": "1"]),
        ])
        let derived = DerivationRule.highGrowth.derive(from: situation)
        #expect(derived.isEmpty == !expected)
        if expected { #expect(derived.first?.grounds.map(\.statement) == [2, 1]) }
    }

    @Test("a unicorn is young, not listed, and valued at 700,000 × 10⁴ yuan in its last round")
    func unicorns() throws {
        func round(_ number: Int64, _ date: String, _ value: String, incoming: Bool = true) -> Fact {
            Fact(
                number,
                "investment",
                isIncoming: incoming,
                validity: span(date),
                attributes: ["valuation": .text(value)]
            )
        }
        func isUnicorn(_ registered: String, _ facts: [Fact]) throws -> Bool {
            !DerivationRule.unicorn.derive(from: try firm(facts, ["registered_on": .text(registered)])).isEmpty
        }
        #expect(try isUnicorn("2015-06-30", [round(1, "2024-01-01", "700000")]))
        #expect(try !isUnicorn("2015-06-29", [round(1, "2024-01-01", "700000")]))
        #expect(try !isUnicorn("2020-01-01", [round(1, "2024-01-01", "699999.99")]))
        #expect(try !isUnicorn("2020-01-01", [round(1, "2023-01-01", "900000"), round(2, "2024-01-01", "500000")]))
        #expect(try !isUnicorn("2020-01-01", [round(1, "2024-01-01", "900000", incoming: false)]))
        let listed = Fact(9, "listing", term: "hkex", validity: span("2024-07-22"))
        #expect(try !isUnicorn("2020-01-01", [round(1, "2024-01-01", "900000"), listed]))
    }

    @Test(
        "a title that ends within 90 days is told unless it goes on without a gap",
        arguments: [
            ("2025-06-30", nil, ["nhte"]), ("2025-09-28", nil, ["nhte"]), ("2025-09-29", nil, []),
            ("2025-04-01", nil, ["nhte"]), ("2025-03-31", nil, []), ("2025-08-01", "2025-08-01", []),
            ("2025-08-01", "2025-08-02", ["nhte"]),
        ] as [(String, String?, [String])]
    )
    func expiry(_ end: String, _ next: String?, _ expected: [String]) throws {
        var facts = [Fact(1, "title", term: "nhte", validity: span("2022-01-01", end))]
        // The next one that begins after a gap is itself far from its end.
        if let next { facts.append(Fact(2, "title", term: "nhte", validity: span(next, "2028-08-01"))) }
        #expect(DerivationRule.expiry.derive(from: try firm(facts)).map(\.term) == expected)
    }

    @Test("one sign is not yet a risk of moving out; two are, and so is a recorded move alone")
    func relocation() throws {
        let ending = Fact(1, "tenancy", object: "P-1", validity: span("2020-01-01", "2025-09-01"))
        let next = Fact(2, "tenancy", object: "P-2", validity: span("2025-08-01"))
        let fall = [year(3, 2023, ["revenue": "100"]), year(4, 2024, ["revenue": "80"])]
        let move = Fact(5, "move", term: "out", validity: span("2025-12-01"))
        let past = Fact(6, "move", term: "out", validity: span("2024-12-01"))
        func grounds(_ facts: [Fact]) throws -> [Int64?] {
            DerivationRule.relocation.derive(from: try firm(facts)).flatMap { $0.grounds.map(\.statement) }
        }
        #expect(try grounds([ending]) == [])
        #expect(try grounds(fall) == [])
        #expect(try grounds([ending] + fall) == [1, 4])
        #expect(try grounds([ending, next] + fall) == [])
        #expect(try grounds([move]) == [5])
        #expect(try grounds([past]) == [])
    }

    @Test("a need of finance: research above profit or revenue doubled, without a product that holds")
    func finance() throws {
        let poor = year(1, 2024, ["rd_spending": "50", "profit": "-3", "revenue": "100"])
        let loan = Fact(9, "finance_product", term: "loan", validity: span("2024-01-01", "2026-01-01"))
        func terms(_ facts: [Fact]) throws -> [String] {
            DerivationRule.financeNeed.derive(from: try firm(facts)).map(\.term)
        }
        #expect(try terms([poor]) == ["finance_need"])
        #expect(try terms([poor, loan]) == [])
        #expect(try terms([year(1, 2023, ["revenue": "50"]), year(2, 2024, ["revenue": "100"])]) == ["finance_need"])
        #expect(try terms([year(1, 2023, ["revenue": "51"]), year(2, 2024, ["revenue": "100"])]) == [])
        #expect(try terms([]) == [])
    }

    @Test("a fall of employees by a fifth is told", arguments: [("100", "80", true), ("100", "81", false)])
    func employment(_ before: String, _ after: String, _ expected: Bool) throws {
        let facts = [year(1, 2023, ["employees": before]), year(2, 2024, ["employees": after])]
        #expect(DerivationRule.employment.derive(from: try firm(facts)).isEmpty == !expected)
    }

    @Test("a rule run again says who gains, who loses, and whose grounds are others")
    func comparison() throws {
        func fact(_ record: String, _ term: String, _ ground: String, rule: String = "r@1") -> DerivedFact {
            DerivedFact(record: record, sort: .title, term: term, rule: rule, grounds: [Ground("", ground)])
        }
        let before = [fact("E-1", "a", "x"), fact("E-2", "a", "x"), fact("E-3", "a", "x"), fact("E-4", "a", "x")]
        let after = [
            fact("E-2", "a", "y"), fact("E-3", "a", "x"), fact("E-4", "a", "x", rule: "r@2"), fact("E-5", "a", "x"),
        ]
        let comparison = RuleComparison(before: before, after: after)
        #expect(comparison.gained.map(\.record) == ["E-5"])
        #expect(comparison.lost.map(\.record) == ["E-1"])
        #expect(comparison.regrounded.map(\.record) == ["E-2", "E-4"])
        #expect(comparison.unchanged == 1)
    }
}
