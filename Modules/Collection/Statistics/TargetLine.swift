public import DomainModel

/// A line of a file that sets a target, before the plan that it belongs to is known.
public struct TargetLine: Sendable {
    /// The scope of the indicator; with the year it tells the plan.
    public let scope: String
    /// The target; its plan is empty until the line has been settled.
    public let target: Target

    /// The same line with its plan.
    func of(plan: String) -> TargetLine {
        TargetLine(
            scope: scope,
            target: Target(
                lineage: nil,
                plan: plan,
                indicator: target.indicator,
                baselineYear: target.baselineYear,
                baseline: target.baseline,
                baselinePrinted: target.baselinePrinted,
                year: target.year,
                value: target.value,
                comparator: target.comparator,
                isCumulative: target.isCumulative,
                printed: target.printed,
                growthPrinted: target.growthPrinted,
                ordinal: target.ordinal,
                source: target.source,
                note: target.note,
                revision: target.revision,
                recordedAt: nil
            )
        )
    }
}
