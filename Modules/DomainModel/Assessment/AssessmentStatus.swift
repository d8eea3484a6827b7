/// What an assessment says of one target.
public enum AssessmentStatus: String, Sendable, Codable, CaseIterable {
    /// The target is reached (已完成).
    case achieved
    /// The target year is over and the target was not reached (未完成).
    case notAchieved
    /// Further than the elapsed share of the plan asks for (超序时进度).
    case ahead
    /// As far as the elapsed share of the plan asks for (符合序时进度).
    case onSchedule
    /// Not as far as the elapsed share of the plan asks for (滞后序时进度).
    case behind
    /// The data do not allow a judgement; the reason says why (无法判断).
    case cannotBeJudged
}

/// Why a target cannot be judged.
public enum UndeterminedReason: String, Sendable, Codable, CaseIterable {
    /// The plan prints no target for the indicator.
    case targetNotStated
    /// The target is words, not a number: 按上级要求.
    case targetNotNumber
    /// There is no observation of the indicator at all.
    case valueNotObserved
    /// The line was submitted, and its publisher gives no figure.
    case valueNotPublished
    /// The newest value is from before the plan began.
    case valueBeforePlan
    /// The newest value is from before the target year and does not reach the target.
    case valueBeforeTargetYear
    /// The value is a bound or an estimate that leaves open whether the target is reached.
    case valueInconclusive
    /// The values are of another kind than the target: single years that do not cover the plan so far under a
    /// cumulative target, totals under a yearly one, or parts of a year under a full year's figure.
    case valueNotComparable
    /// There is no baseline to measure progress from.
    case baselineMissing
    /// The numbers have more digits than the calculation can hold exactly.
    case numberOutOfRange
}
