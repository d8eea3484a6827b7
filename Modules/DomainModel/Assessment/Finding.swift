/// The judgement on one target, with the whole calculation in it (评估结论).
///
/// Everything that the status was reached from is here, so that a person can check it by hand.
public struct Finding: Sendable, Hashable, Codable {
    /// A value that a judgement rests on, with the way back to where it came from.
    public struct Evidence: Sendable, Hashable, Codable {
        /// Lineage code of the observation or target; absent when the judgement was made on values without one.
        public let lineage: String?
        /// The period the value is of.
        public let period: Period
        /// The value; absent when the publisher gives none.
        public let value: ExactDecimal?
        /// How the value bounds the true one.
        public let comparator: Comparator
        /// The figure as printed.
        public let printed: String
        /// The submitter's footnote.
        public let note: String
        /// The single years that the value was added up from; empty where it is a value as published.
        public let summands: [Evidence]

        /// Makes a piece of evidence of its parts.
        public init(
            lineage: String?,
            period: Period,
            value: ExactDecimal?,
            comparator: Comparator = .equal,
            printed: String = "",
            note: String = "",
            summands: [Evidence] = []
        ) {
            self.lineage = lineage
            self.period = period
            self.value = value
            self.comparator = comparator
            self.printed = printed
            self.note = note
            self.summands = summands
        }
    }

    /// One step of the calculation: a name, the formula with the numbers in it, and the result.
    public struct Step: Sendable, Hashable, Codable {
        /// What is calculated, in both languages.
        public let name: LocalizedText
        /// The formula with its numbers: `(3051.61 − 1278.61) / (1800 − 1278.61)`.
        public let expression: String
        /// The result as text, with its unit where it has one.
        public let result: String

        /// Makes a step of its parts.
        public init(name: LocalizedText, expression: String, result: String) {
            self.name = name
            self.expression = expression
            self.result = result
        }
    }

    /// Lineage code of the finding; absent before it is stored.
    public internal(set) var lineage: String?
    /// The indicator, as defined when the judgement was made.
    public let indicator: Indicator
    /// The target, in the revision that the judgement was made on.
    public let target: Target
    /// The judgement.
    public let status: AssessmentStatus
    /// Why there is none.
    public let reason: UndeterminedReason?
    /// The baseline that progress is measured from.
    public let baseline: Evidence?
    /// The newest value of the baseline year where it was revised after the plan was made.
    public let revisedBaseline: Evidence?
    /// The value that was judged.
    public let actual: Evidence?
    /// Share of the way from baseline to target, 1 is all of it; four decimal places.
    public let progress: ExactDecimal?
    /// Share of the plan's time that had passed at the end of the judged value's period; four decimal places.
    public let elapsed: ExactDecimal?
    /// Value minus target, in the indicator's unit.
    public let gap: ExactDecimal?
    /// What must be gained a year, from the judged value on, to reach the target in its year; in the indicator's
    /// unit, four decimal places. Absent when the target year is over or the level is reached.
    public let requiredPerYear: ExactDecimal?
    /// What the plan asked to gain a year, from the baseline on; in the indicator's unit, four decimal places.
    public let plannedPerYear: ExactDecimal?
    /// What was gained a year up to the judged value; in the indicator's unit, four decimal places.
    public let actualPerYear: ExactDecimal?
    /// The calculation, step by step.
    public let steps: [Step]

    /// Makes a finding of its parts.
    public init(
        lineage: String?,
        indicator: Indicator,
        target: Target,
        status: AssessmentStatus,
        reason: UndeterminedReason?,
        baseline: Evidence?,
        revisedBaseline: Evidence?,
        actual: Evidence?,
        progress: ExactDecimal?,
        elapsed: ExactDecimal?,
        gap: ExactDecimal?,
        requiredPerYear: ExactDecimal?,
        plannedPerYear: ExactDecimal? = nil,
        actualPerYear: ExactDecimal? = nil,
        steps: [Step]
    ) {
        self.lineage = lineage
        self.indicator = indicator
        self.target = target
        self.status = status
        self.reason = reason
        self.baseline = baseline
        self.revisedBaseline = revisedBaseline
        self.actual = actual
        self.progress = progress
        self.elapsed = elapsed
        self.gap = gap
        self.requiredPerYear = requiredPerYear
        self.plannedPerYear = plannedPerYear
        self.actualPerYear = actualPerYear
        self.steps = steps
    }
}
