import DomainModel

/// One judgement in the making: what is known so far, and the steps that led there.
struct Judgement {
    let method: TimeElapsedMethod
    let indicator: Indicator
    let target: Target
    let period: Period
    let observations: [ObservedValue]
    let time: PlanTime
    let baselinePeriod: Period

    var status = AssessmentStatus.cannotBeJudged
    var reason: UndeterminedReason?
    var baseline: Finding.Evidence?
    var revisedBaseline: Finding.Evidence?
    var actual: Finding.Evidence?
    var progress: ExactDecimal?
    var elapsed: ExactDecimal?
    var gap: ExactDecimal?
    var requiredPerYear: ExactDecimal?
    var plannedPerYear: ExactDecimal?
    var actualPerYear: ExactDecimal?
    var steps: [Finding.Step] = []

    init(
        method: TimeElapsedMethod,
        indicator: Indicator,
        target: Target,
        plan: Plan,
        period: Period,
        observations: [ObservedValue]
    ) {
        self.method = method
        self.indicator = indicator
        self.target = target
        self.period = period
        self.observations = observations
        time = PlanTime(startYear: plan.startYear, targetYear: target.year)
        baselinePeriod = .year(target.baselineYear ?? plan.baselineYear)
    }

    var finding: Finding {
        Finding(
            lineage: nil,
            indicator: indicator,
            target: target,
            status: status,
            reason: reason,
            baseline: baseline,
            revisedBaseline: revisedBaseline,
            actual: actual,
            progress: progress,
            elapsed: elapsed,
            gap: gap,
            requiredPerYear: requiredPerYear,
            plannedPerYear: plannedPerYear,
            actualPerYear: actualPerYear,
            steps: steps
        )
    }

    mutating func run() throws(ArithmeticFailure) {
        findBaseline()
        let selection = try EvidenceSelection(
            observations,
            indicator: indicator,
            target: target,
            time: time,
            until: period
        )
        actual = selection.evidence
        recordSum()
        guard let number = target.value else {
            reason = Self.isDash(target.printed) ? .targetNotStated : .targetNotNumber
            return
        }
        let rule = try TargetRule(
            value: number,
            comparator: target.comparator ?? .equal,
            direction: indicator.direction,
            tolerance: method.approximateTolerance
        )
        record(StepName.rule, rule.formula, "")
        switch selection {
        case .judged(let evidence): try judge(evidence, by: rule)
        case .beforePlan(let evidence): try describe(evidence, by: rule)
        case .notPublished: reason = .valueNotPublished
        case .notComparable: reason = .valueNotComparable
        case .nothing: reason = .valueNotObserved
        }
        if actual?.value == nil { try requireFromBaseline(by: rule) }
    }

    /// Takes the planned baseline; where the plan prints none, the observed value of the base year.
    private mutating func findBaseline() {
        guard !target.isCumulative else { return }
        let observed = observations.first {
            $0.period == baselinePeriod && $0.value != nil && !$0.isCumulative && $0.status != .forecast
        }
        if let planned = target.baseline {
            baseline = Finding.Evidence(
                lineage: target.lineage,
                period: baselinePeriod,
                value: planned,
                printed: target.baselinePrinted
            )
            if let observed, observed.value != planned { revisedBaseline = observed.evidence }
        } else if let observed {
            baseline = observed.evidence
            record(StepName.observedBaseline, "\(observed.period)", observed.value.map(withUnit) ?? "")
        }
    }

    private mutating func recordSum() {
        guard let actual, !actual.summands.isEmpty, let sum = actual.value else { return }
        let terms = actual.summands.compactMap(\.value).map(Formula.term)
        record(StepName.sum, terms.joined(separator: " + "), withUnit(sum))
    }

    mutating func record(_ name: LocalizedText, _ expression: String, _ result: String) {
        steps.append(Finding.Step(name: name, expression: expression, result: result))
    }

    func withUnit(_ value: ExactDecimal) -> String {
        "\(Formula.text(value)) \(indicator.unit)"
    }

    /// A cell that prints nothing, or one of the dashes that tables use for nothing.
    private static func isDash(_ printed: String) -> Bool {
        ["", "-", "－", "—", "–", "——"].contains(printed)
    }
}
