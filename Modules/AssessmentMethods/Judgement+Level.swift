import DomainModel

extension Judgement {
    /// Judges a value from within the plan.
    mutating func judge(_ evidence: Finding.Evidence, by rule: TargetRule) throws(ArithmeticFailure) {
        guard let value = evidence.value else { return }
        let range = try NumberRange(value, evidence.comparator, tolerance: method.approximateTolerance)
        let relation = range.relation(to: rule.accepted)
        recordComparison(StepName.comparison, value, evidence.comparator, relation, rule)
        try measureGap(value, rule)
        try measureTime(evidence.period)
        let path = try measureProgress(value, by: rule)
        try measurePace(value, evidence.period, by: rule)

        if time.isOver(at: period) {
            let isEarly = !time.isOver(at: evidence.period)
            switch relation {
            case .inside where !isEarly || method.acceptsEarlierEvidence: status = .achieved
            case .outside where !isEarly: status = .notAchieved
            case .overlapping: reason = .valueInconclusive
            case .inside, .outside: reason = .valueBeforeTargetYear
            }
        } else {
            try requirePerYear(value, evidence.period, relation, by: rule)
            try compareWithSchedule(range, relation, path, by: rule)
        }
    }

    /// Says what can be said of a value from before the plan began: it is a starting point, not progress.
    mutating func describe(_ evidence: Finding.Evidence, by rule: TargetRule) throws(ArithmeticFailure) {
        reason = .valueBeforePlan
        guard let value = evidence.value else { return }
        let range = try NumberRange(value, evidence.comparator, tolerance: method.approximateTolerance)
        let relation = range.relation(to: rule.accepted)
        recordComparison(StepName.metAtBaseline, value, evidence.comparator, relation, rule)
        try measureGap(value, rule)
        if !time.isOver(at: period) { try requirePerYear(value, evidence.period, relation, by: rule) }
    }

    /// Says what the plan asks for a year where only its baseline is known.
    mutating func requireFromBaseline(by rule: TargetRule) throws(ArithmeticFailure) {
        guard !time.isOver(at: period) else { return }
        if let baseline, let value = baseline.value {
            let range = try NumberRange(value, baseline.comparator, tolerance: method.approximateTolerance)
            try requirePerYear(value, baseline.period, range.relation(to: rule.accepted), by: rule)
        } else if target.isCumulative {
            let start = Period.year(time.startYear - 1)
            try requirePerYear(.zero, start, rule.accepted.contains(.zero) ? .inside : .outside, by: rule)
        }
    }

    private mutating func recordComparison(
        _ name: LocalizedText,
        _ value: ExactDecimal,
        _ comparator: Comparator,
        _ relation: NumberRange.Relation,
        _ rule: TargetRule
    ) {
        let mark =
            switch relation {
            case .inside: "✓"
            case .outside: "✗"
            case .overlapping: "?"
            }
        record(name, "x = \(Formula.text(value, comparator)); \(rule.formula)", mark)
    }

    private mutating func measureGap(_ value: ExactDecimal, _ rule: TargetRule) throws(ArithmeticFailure) {
        let difference = try value.subtracting(rule.value)
        gap = difference
        record(StepName.gap, Formula.difference(value, rule.value), withUnit(difference))
    }

    private mutating func requirePerYear(
        _ value: ExactDecimal,
        _ from: Period,
        _ relation: NumberRange.Relation,
        by rule: TargetRule
    ) throws(ArithmeticFailure) {
        let left = time.left(atEndOf: from)
        guard relation != .inside, left.numerator > 0 else { return }
        let need = try left.divide(try rule.value.subtracting(value))
        requiredPerYear = need
        let years = left.denominator == 1 ? left.text : "(\(left.text))"
        record(
            StepName.required,
            "(\(Formula.difference(rule.value, value))) ÷ \(years)",
            withUnit(need.normalized)
        )
    }
}
