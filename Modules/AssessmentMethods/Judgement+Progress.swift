import DomainModel

extension Judgement {
    /// The straight way from a starting point to the target, along which progress is measured.
    struct Path {
        let start: ExactDecimal
        let target: ExactDecimal
        let isBand: Bool

        /// The share of the way at a value, four decimal places; past the target of a band it falls again.
        func share(at value: ExactDecimal) throws(ArithmeticFailure) -> ExactDecimal {
            let way = try target.subtracting(start)
            guard isBand else { return try value.subtracting(start).divided(by: way, places: 4) }
            let miss = try value.subtracting(target).magnitude.divided(by: way.magnitude, places: 4)
            return try ExactDecimal(1).subtracting(miss)
        }
    }

    /// Measures the share of the plan's time that had passed at the end of a period.
    mutating func measureTime(_ period: Period) throws(ArithmeticFailure) {
        guard time.years > 0 else { return }
        let passed = time.passed(atEndOf: period)
        let share = Fraction(numerator: passed.numerator, denominator: passed.denominator * time.years)
        elapsed = try share.of(ExactDecimal(1))
        let years = passed.denominator == 1 ? passed.text : "(\(passed.text))"
        record(StepName.elapsed, "\(years) ÷ \(time.years)", elapsed.map(\.description) ?? "")
    }

    /// Measures progress where there is a way to go; a target that its baseline meets already has none.
    mutating func measureProgress(_ value: ExactDecimal, by rule: TargetRule) throws(ArithmeticFailure) -> Path? {
        guard let start = target.isCumulative ? .zero : baseline?.value else { return nil }
        guard !rule.accepted.contains(start), start != rule.value else {
            record(StepName.keepLevel, "x = \(Formula.text(start)); \(rule.formula)", "✓")
            return nil
        }
        let isBand = rule.accepted.lower != nil && rule.accepted.upper != nil
        let path = Path(start: start, target: rule.value, isBand: isBand)
        progress = try path.share(at: value)
        let name = isBand ? StepName.bandProgress : target.isCumulative ? StepName.progressFromZero : StepName.progress
        record(name, Self.formula(value, path), progress.map(Formula.text) ?? "")
        if let revised = revisedBaseline?.value, revised != rule.value {
            let path = Path(start: revised, target: rule.value, isBand: isBand)
            record(StepName.revisedProgress, Self.formula(value, path), Formula.text(try path.share(at: value)))
        }
        return path
    }

    /// Measures what was gained a year, beside what the plan asked for.
    mutating func measurePace(
        _ value: ExactDecimal,
        _ period: Period,
        by rule: TargetRule
    ) throws(ArithmeticFailure) {
        guard progress != nil, let start = target.isCumulative ? .zero : baseline?.value else { return }
        let passed = time.passed(atEndOf: period)
        guard time.years > 0, passed.numerator > 0 else { return }
        let planned = try Fraction(numerator: time.years, denominator: 1).divide(rule.value.subtracting(start))
        plannedPerYear = planned
        record(
            StepName.planned,
            "(\(Formula.difference(rule.value, start))) ÷ \(time.years)",
            withUnit(planned.normalized)
        )
        let actual = try passed.divide(value.subtracting(start))
        actualPerYear = actual
        let years = passed.denominator == 1 ? passed.text : "(\(passed.text))"
        record(StepName.actual, "(\(Formula.difference(value, start))) ÷ \(years)", withUnit(actual.normalized))
    }

    /// Judges a running plan: the level first, then progress against the elapsed share.
    mutating func compareWithSchedule(
        _ range: NumberRange,
        _ relation: NumberRange.Relation,
        _ path: Path?,
        by rule: TargetRule
    ) throws(ArithmeticFailure) {
        let hasStart = target.isCumulative || baseline?.value != nil
        switch (relation, path) {
        case (.inside, nil) where hasStart: status = .onSchedule
        case (.outside, nil) where hasStart: status = .behind
        case (.inside, _): status = .ahead
        case (.overlapping, nil): reason = .valueInconclusive
        case (.outside, nil): reason = .baselineMissing
        case (.outside, let path?), (.overlapping, let path?):
            guard let elapsed else { return }
            let ends = try scheduleAtEnds(of: range, path, elapsed)
            if let progress {
                record(
                    StepName.schedule,
                    Formula.difference(progress, elapsed),
                    Formula.text(try progress.subtracting(elapsed))
                )
            }
            if ends.0 == ends.1 { status = ends.0 } else { reason = .valueInconclusive }
        }
    }

    /// The judgement at both ends of what a value may be; they differ where the bound leaves it open.
    private func scheduleAtEnds(
        of range: NumberRange,
        _ path: Path,
        _ elapsed: ExactDecimal
    ) throws(ArithmeticFailure) -> (AssessmentStatus, AssessmentStatus) {
        let rises = path.target > path.start
        // Without an end a value may be anything: as good or as bad as can be. Past a band, both are bad.
        let best = AssessmentStatus.ahead
        let low = try range.lower.map { end throws(ArithmeticFailure) in try schedule(end.value, path, elapsed) }
        let high = try range.upper.map { end throws(ArithmeticFailure) in try schedule(end.value, path, elapsed) }
        return (
            low ?? (rises || path.isBand ? .behind : best), high ?? (rises && !path.isBand ? best : .behind)
        )
    }

    private func schedule(
        _ value: ExactDecimal,
        _ path: Path,
        _ elapsed: ExactDecimal
    ) throws(ArithmeticFailure) -> AssessmentStatus {
        let lead = try path.share(at: value).subtracting(elapsed)
        if lead > method.tolerance { return .ahead }
        return lead.isNegative && lead.magnitude > method.tolerance ? .behind : .onSchedule
    }

    private static func formula(_ value: ExactDecimal, _ path: Path) -> String {
        if path.isBand {
            let miss = "|\(Formula.difference(value, path.target))|"
            return "1 − \(miss) ÷ |\(Formula.difference(path.target, path.start))|"
        }
        return "(\(Formula.difference(value, path.start))) ÷ (\(Formula.difference(path.target, path.start)))"
    }
}
