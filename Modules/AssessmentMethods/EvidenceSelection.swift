import DomainModel

/// Which value of a series a target is judged on, and why there is none where there is none.
enum EvidenceSelection: Sendable {
    /// The newest value within the plan.
    case judged(Finding.Evidence)
    /// The newest value, from before the plan began.
    case beforePlan(Finding.Evidence)
    /// A line whose publisher gives no figure.
    case notPublished(Finding.Evidence)
    /// A value of another kind than the target.
    case notComparable(Finding.Evidence)
    /// No line at all.
    case nothing

    init(
        _ observations: [ObservedValue],
        indicator: Indicator,
        target: Target,
        time: PlanTime,
        until period: Period
    ) throws(ArithmeticFailure) {
        let known = observations.filter { $0.period.end <= period.end && $0.status != .forecast }
        let within = known.filter { !time.isBefore($0.period) && $0.period.year <= time.targetYear }
        let comparable = within.filter { $0.value != nil && Self.isComparable($0, indicator, target) }
        var candidates = comparable.map(\.evidence)
        if target.isCumulative, indicator.kind == .flow, indicator.aggregation == .cumulative,
            let sum = try Self.sum(of: within, from: time.startYear)
        {
            candidates.insert(sum, at: 0)
        }
        if let newest = Self.newest(candidates) {
            self = .judged(newest)
        } else if let dash = Self.newest(within.filter { $0.value == nil }.map(\.evidence)) {
            self = .notPublished(dash)
        } else if let other = Self.newest(within.map(\.evidence)) {
            self = .notComparable(other)
        } else {
            let earlier = known.filter { time.isBefore($0.period) }
            let values = earlier.filter { $0.value != nil && Self.isComparable($0, indicator, target) }
            if let value = Self.newest(values.map(\.evidence)) {
                self = .beforePlan(value)
            } else if let dash = Self.newest(earlier.filter { $0.value == nil }.map(\.evidence)) {
                self = .notPublished(dash)
            } else if let other = Self.newest(earlier.map(\.evidence)) {
                self = .notComparable(other)
            } else {
                self = .nothing
            }
        }
    }

    /// The piece of evidence, whatever it says.
    var evidence: Finding.Evidence? {
        switch self {
        case .judged(let evidence), .beforePlan(let evidence), .notPublished(let evidence),
            .notComparable(let evidence):
            evidence
        case .nothing: nil
        }
    }

    /// Totals are judged against totals, and full years against full years; a level may be read at any time.
    private static func isComparable(_ value: ObservedValue, _ indicator: Indicator, _ target: Target) -> Bool {
        guard value.isCumulative == target.isCumulative else { return false }
        return value.isCumulative || value.period.frequency == .annual || indicator.aggregation == .latest
    }

    private static func newest(_ evidence: [Finding.Evidence]) -> Finding.Evidence? {
        // The last of equals, so that a published total stands before one that was added up here.
        var result: Finding.Evidence?
        for candidate in evidence where result.map({ $0.period.end <= candidate.period.end }) ?? true {
            result = candidate
        }
        return result
    }

    /// The sum of the single years from the start of the plan, as far as they follow each other without a hole.
    private static func sum(
        of values: [ObservedValue],
        from startYear: Int
    ) throws(ArithmeticFailure) -> Finding.Evidence? {
        var summands: [Finding.Evidence] = []
        var sum = ExactDecimal.zero
        var year = startYear
        while let next = values.first(where: { $0.period == .year(year) && !$0.isCumulative }),
            let value = next.value, next.comparator == .equal
        {
            sum = try sum.adding(value)
            summands.append(next.evidence)
            year += 1
        }
        guard !summands.isEmpty else { return nil }
        return Finding.Evidence(
            lineage: nil,
            period: .year(year - 1),
            value: sum,
            printed: sum.description,
            summands: summands
        )
    }
}
