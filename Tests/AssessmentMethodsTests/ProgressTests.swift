import AssessmentMethods
import DomainModel
import Testing

@Suite("progress against elapsed time")
struct ProgressTests {
    @Test("the tolerance is on schedule at both its ends")
    func tolerance() {
        // End of 2018: three of five years, 0.6.
        let target = Samples.target(baseline: "0", value: "100")
        func verdict(_ value: String) -> String {
            Samples.judge(target, [Samples.value(value, "2018")], at: 2018).verdict
        }
        #expect(verdict("65.01") == "ahead")
        #expect(verdict("65") == "onSchedule")
        #expect(verdict("55") == "onSchedule")
        #expect(verdict("54.99") == "behind")
        #expect(verdict("100") == "ahead")
    }

    @Test("the elapsed share is that of the value's period, not of the day of the assessment")
    func elapsedOfValue() {
        let finding = Samples.judge(
            Samples.target(baseline: "0", value: "100"),
            [Samples.value("40", "2017")],
            at: 2019
        )
        #expect(finding.verdict == "onSchedule")
        #expect(finding.elapsed?.description == "0.4000")
        #expect(finding.requiredPerYear == ExactDecimal(20))
        #expect(finding.step("Needed a year from this value on") == "(100 − 40) ÷ 3 = 20 %")
    }

    @Test("months count as twelfths of a year")
    func months() {
        let finding = Samples.judge(
            Samples.target(baseline: "0", value: "60"),
            [Samples.value("31", "2018-07")],
            at: 2018
        )
        #expect(finding.elapsed?.description == "0.5167")
        #expect(finding.requiredPerYear?.description == "12.0000")
        #expect(finding.verdict == "onSchedule")
    }

    /// Baseline, target, value, direction, progress: the linear form where ratios of growth fail.
    static let linear: [(String, String, String, Indicator.Direction, String)] = [
        ("0", "10", "4", .higher, "0.4000"),
        ("-10", "10", "0", .higher, "0.5000"),
        ("-10", "-2", "-4", .higher, "0.7500"),
        ("10", "-10", "-5", .lower, "0.7500"),
        ("10", "0", "10", .lower, "0.0000"),
        ("10", "0", "12", .lower, "-0.2000"),
        ("0", "-3", "-1", .lower, "0.3333"),
    ]

    @Test("zero, negative and sign-changing baselines have a progress", arguments: linear)
    func linearForm(_ base: String, _ goal: String, _ now: String, _ direction: Indicator.Direction, _ expected: String)
    {
        let finding = Samples.judge(
            Samples.target(baseline: base, value: goal),
            [Samples.value(now, "2020")],
            indicator: Samples.indicator(direction: direction)
        )
        #expect(finding.progress?.description == expected)
    }

    @Test("a level to keep is judged by its level alone")
    func keepLevel() {
        // Table 2 row 27 of the outline: baseline 0.01, target 0.01以下; row 31: 100 and 100.
        let rate = Samples.target(baseline: "0.01", value: "0.01", comparator: .atMost)
        let lower = Samples.indicator(direction: .lower)
        #expect(
            Samples.judge(rate, [Samples.value("0.01", "2018")], indicator: lower, at: 2018).verdict == "onSchedule"
        )
        #expect(Samples.judge(rate, [Samples.value("0.02", "2018")], indicator: lower, at: 2018).verdict == "behind")
        #expect(Samples.judge(rate, [Samples.value("0.01", "2020")], indicator: lower).verdict == "achieved")
        let share = Samples.target(baseline: "100", value: "100")
        let finding = Samples.judge(share, [Samples.value("99", "2020")])
        #expect(finding.verdict == "notAchieved")
        #expect(finding.progress == nil)
        // A strict bound at the baseline leaves no way to divide by.
        let strict = Samples.target(baseline: "5", value: "5", comparator: .lessThan)
        #expect(Samples.judge(strict, [Samples.value("5", "2020")], indicator: lower).verdict == "notAchieved")
    }

    @Test("towards a band progress falls again beyond it")
    func band() {
        let target = Samples.target(baseline: "30", value: "50", comparator: .about)
        let indicator = Samples.indicator(direction: .targetBand)
        let near = Samples.judge(target, [Samples.value("40", "2018")], indicator: indicator, at: 2018)
        #expect(near.progress?.description == "0.5000")
        #expect(near.verdict == "behind")
        let past = Samples.judge(target, [Samples.value("60", "2018")], indicator: indicator, at: 2018)
        #expect(past.progress?.description == "0.5000")
        #expect(past.verdict == "behind")
        #expect(Samples.judge(target, [Samples.value("52", "2020")], indicator: indicator).verdict == "achieved")
    }

    @Test("numbers beyond 128 bits give a reason and not a crash")
    func overflow() {
        let target = Samples.target(baseline: "0.000000000001", value: "999999999999999999999999")
        let finding = Samples.judge(target, [Samples.value("888888888888888888888888", "2018")], at: 2018)
        #expect(finding.verdict == "cannotBeJudged/numberOutOfRange")
    }
}
