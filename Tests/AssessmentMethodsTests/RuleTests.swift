import AssessmentMethods
import DomainModel
import Testing

@Suite("what counts as reached")
struct RuleTests {
    /// The verdicts on 99, 100 and 101 against a target of 100; read off the rule in words.
    struct Rule: CustomTestStringConvertible, Sendable {
        let direction: Indicator.Direction
        let comparator: Comparator
        let below: Bool
        let at: Bool
        let above: Bool

        init(_ direction: Indicator.Direction, _ comparator: Comparator, _ below: Bool, _ at: Bool, _ above: Bool) {
            self.direction = direction
            self.comparator = comparator
            self.below = below
            self.at = at
            self.above = above
        }

        var testDescription: String { "\(direction.rawValue) \(comparator.rawValue)" }
    }

    // A tolerance of half a per cent, so that 99 and 101 lie outside of it.
    static let rules = [
        Rule(.higher, .equal, false, true, true),
        Rule(.higher, .atLeast, false, true, true),
        Rule(.higher, .moreThan, false, false, true),
        Rule(.higher, .atMost, true, true, false),
        Rule(.higher, .lessThan, true, false, false),
        Rule(.higher, .about, false, true, true),
        Rule(.lower, .equal, true, true, false),
        Rule(.lower, .atLeast, true, true, false),
        Rule(.lower, .moreThan, true, false, false),
        Rule(.lower, .atMost, true, true, false),
        Rule(.lower, .lessThan, true, false, false),
        Rule(.lower, .about, true, true, false),
        Rule(.targetBand, .equal, false, true, false),
        Rule(.targetBand, .atLeast, false, true, true),
        Rule(.targetBand, .moreThan, false, false, true),
        Rule(.targetBand, .atMost, true, true, false),
        Rule(.targetBand, .lessThan, true, false, false),
        Rule(.targetBand, .about, false, true, false),
    ]

    private func verdict(_ rule: Rule, _ value: String, tolerance: String = "0.005") -> String {
        Samples.judge(
            Samples.target(value: "100", comparator: rule.comparator),
            [Samples.value(value, "2020")],
            indicator: Samples.indicator(direction: rule.direction),
            method: TimeElapsedMethod(approximateTolerance: ExactDecimal(tolerance) ?? .zero)
        ).verdict
    }

    @Test("every comparator is read with the direction of the indicator", arguments: rules)
    func comparators(_ rule: Rule) {
        #expect(verdict(rule, "99") == (rule.below ? "achieved" : "notAchieved"))
        #expect(verdict(rule, "100") == (rule.at ? "achieved" : "notAchieved"))
        #expect(verdict(rule, "101") == (rule.above ? "achieved" : "notAchieved"))
    }

    @Test("every comparator and direction is covered")
    func coverage() {
        #expect(Self.rules.count == Comparator.allCases.count * Indicator.Direction.allCases.count)
    }

    @Test("about reaches as far as its tolerance and no further")
    func about() {
        #expect(verdict(Rule(.higher, .about, false, true, true), "95", tolerance: "0.05") == "achieved")
        #expect(verdict(Rule(.higher, .about, false, true, true), "94.99", tolerance: "0.05") == "notAchieved")
        #expect(verdict(Rule(.lower, .about, true, true, false), "105", tolerance: "0.05") == "achieved")
        #expect(verdict(Rule(.targetBand, .about, false, true, false), "105.01", tolerance: "0.05") == "notAchieved")
    }

    /// Observations that are bounds themselves, against 900.
    static let bounds: [(Comparator, String, Indicator.Direction, String)] = [
        (.atLeast, "1000", .higher, "achieved"),
        (.atLeast, "900", .higher, "achieved"),
        (.atLeast, "800", .higher, "cannotBeJudged/valueInconclusive"),
        (.moreThan, "900", .higher, "achieved"),
        (.atMost, "800", .higher, "notAchieved"),
        (.atMost, "900", .higher, "cannotBeJudged/valueInconclusive"),
        (.lessThan, "900", .higher, "notAchieved"),
        (.about, "1000", .higher, "achieved"),
        (.about, "900", .higher, "cannotBeJudged/valueInconclusive"),
        (.about, "800", .higher, "notAchieved"),
        (.atLeast, "1000", .lower, "notAchieved"),
        (.atMost, "900", .lower, "achieved"),
        (.atLeast, "900", .lower, "cannotBeJudged/valueInconclusive"),
        (.moreThan, "900", .lower, "notAchieved"),
    ]

    @Test("an observed bound is judged where it settles the matter", arguments: bounds)
    func observedBounds(_ comparator: Comparator, _ value: String, _ direction: Indicator.Direction, _ verdict: String)
    {
        let finding = Samples.judge(
            Samples.target(value: "900"),
            [Samples.value(value, "2020", comparator)],
            indicator: Samples.indicator(direction: direction)
        )
        #expect(finding.verdict == verdict)
    }

    @Test("an observed bound of a running plan is judged only where both ends agree")
    func runningBounds() {
        let target = Samples.target(baseline: "0", value: "100")
        func verdict(_ value: String, _ comparator: Comparator) -> String {
            Samples.judge(target, [Samples.value(value, "2018", comparator)], at: 2018).verdict
        }
        #expect(verdict("70", .atLeast) == "ahead")
        #expect(verdict("50", .atLeast) == "cannotBeJudged/valueInconclusive")
        #expect(verdict("50", .atMost) == "behind")
        #expect(verdict("60", .about) == "onSchedule")
        #expect(verdict("120", .atLeast) == "ahead")
    }

    @Test("words and dashes are no target")
    func notNumbers() {
        let values = [Samples.value("10", "2020")]
        #expect(
            Samples.judge(Samples.target(value: nil, printed: "按上级要求"), values).verdict
                == "cannotBeJudged/targetNotNumber"
        )
        for dash in ["", "-", "—"] {
            #expect(
                Samples.judge(Samples.target(value: nil, printed: dash), values).verdict
                    == "cannotBeJudged/targetNotStated"
            )
        }
    }
}
