import AssessmentMethods
import DomainModel
import Testing

@Suite("which value a target is judged on")
struct EvidenceTests {
    private let target = Samples.target(baseline: "10", value: "20")

    @Test("no line, a dash, and only older values are told apart")
    func missing() {
        #expect(Samples.judge(target, []).verdict == "cannotBeJudged/valueNotObserved")
        let dash = Samples.judge(target, [Samples.value("10", "2015"), Samples.value(nil, "2020")])
        #expect(dash.verdict == "cannotBeJudged/valueNotPublished")
        #expect(dash.actual?.lineage == "O-2020")
        let old = Samples.judge(target, [Samples.value("10", "2015")], at: 2018)
        #expect(old.verdict == "cannotBeJudged/valueBeforePlan")
        #expect(old.gap == ExactDecimal(-10))
        #expect(old.requiredPerYear?.description == "2.0000")
        #expect(old.step("Whether the value from before the plan meets the target already")?.hasSuffix("✗") == true)
    }

    @Test("a target met before the plan began needs no gain and is still not judged")
    func metAtBaseline() {
        let finding = Samples.judge(target, [Samples.value("21", "2015")], at: 2015)
        #expect(finding.verdict == "cannotBeJudged/valueBeforePlan")
        #expect(finding.requiredPerYear == nil)
        #expect(finding.step("Whether the value from before the plan meets the target already")?.hasSuffix("✓") == true)
    }

    @Test("a running plan without values says what its baseline asks for")
    func requiredFromBaseline() {
        #expect(Samples.judge(target, [], at: 2018).requiredPerYear?.description == "2.0000")
        let total = Samples.target(value: "18", isCumulative: true)
        #expect(Samples.judge(total, [], at: 2018).requiredPerYear?.description == "3.6000")
    }

    @Test("values after the assessed period and forecasts are not looked at")
    func notYetKnown() {
        let values = [
            Samples.value("12", "2017"), Samples.value("30", "2019"), Samples.value("25", "2018", status: .forecast),
        ]
        #expect(Samples.judge(target, values, at: 2018).actual?.period == .year(2017))
    }

    @Test("an earlier value that reaches the target settles it unless the parameter says no")
    func earlier() {
        let values = [Samples.value("25", "2018"), Samples.value(nil, "2020")]
        #expect(Samples.judge(target, values).verdict == "achieved")
        #expect(Samples.judge(target, values).actual?.period == .year(2018))
        let strict = TimeElapsedMethod(acceptsEarlierEvidence: false)
        #expect(Samples.judge(target, values, method: strict).verdict == "cannotBeJudged/valueBeforeTargetYear")
    }

    @Test("single years add up under a cumulative target only when none is missing")
    func sums() {
        let jobs = Samples.indicator(kind: .flow, aggregation: .cumulative)
        let target = Samples.target(value: "18", isCumulative: true, printed: "[18]")
        let years = (2016...2020).map { Samples.value("3.9", "\($0)") }
        let full = Samples.judge(target, years, indicator: jobs)
        #expect(full.verdict == "achieved")
        #expect(full.actual?.value == ExactDecimal("19.5"))
        #expect(full.actual?.summands.count == 5)
        #expect(full.step("Sum of the plan's years so far") == "3.9 + 3.9 + 3.9 + 3.9 + 3.9 = 19.5 %")
        let hole = Samples.judge(target, Array(years.dropFirst()), indicator: jobs)
        #expect(hole.verdict == "cannotBeJudged/valueNotComparable")
        // A ratio of a single year is no part of a total.
        #expect(Samples.judge(target, years).verdict == "cannotBeJudged/valueNotComparable")
    }

    @Test("a published total stands before one that was added up")
    func publishedTotal() {
        let jobs = Samples.indicator(kind: .flow, aggregation: .cumulative)
        let target = Samples.target(value: "18", isCumulative: true)
        let values = (2016...2020).map { Samples.value("3.9", "\($0)") }
        let total = Samples.value("19.13", "2020", isCumulative: true)
        #expect(Samples.judge(target, values + [total], indicator: jobs).actual?.lineage == "O-2020")
        #expect(Samples.judge(target, values + [total], indicator: jobs).actual?.value == ExactDecimal("19.13"))
    }

    @Test("a month of a flow is no full year")
    func partOfYear() {
        let output = Samples.indicator(kind: .flow, aggregation: .cumulative)
        let finding = Samples.judge(target, [Samples.value("25", "2020-12")], indicator: output)
        #expect(finding.verdict == "cannotBeJudged/valueNotComparable")
        #expect(Samples.judge(target, [Samples.value("25", "2020-12")]).verdict == "achieved")
    }

    @Test("without a printed baseline the observed one is used, and without any the level decides")
    func baselines() {
        let target = Samples.target(value: "44.5")
        let observed = Samples.judge(target, [Samples.value("40.5", "2015"), Samples.value("42.1", "2017")], at: 2017)
        #expect(observed.progress?.description == "0.4000")
        #expect(observed.baseline?.lineage == "O-2015")
        #expect(
            Samples.judge(target, [Samples.value("42", "2017")], at: 2017).verdict == "cannotBeJudged/baselineMissing"
        )
        #expect(Samples.judge(target, [Samples.value("45", "2017")], at: 2017).verdict == "ahead")
        #expect(Samples.judge(target, [Samples.value("45", "2020")]).verdict == "achieved")
    }
}
