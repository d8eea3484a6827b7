/// What a plan sets for an indicator: where it starts, what it is to reach and by when (目标).
///
/// The notation is kept exactly as printed beside what was read from it.
public struct Target: Sendable, Hashable, Codable {
    /// Lineage code: `ceyuan trace` leads from it to the row it was loaded from. Absent before it is stored.
    public let lineage: String?
    /// The plan that sets it.
    public let plan: String
    /// The indicator that it is for.
    public let indicator: String
    /// The year that the baseline is of.
    public let baselineYear: Int?
    /// The baseline as the plan states it; absent where none is printed.
    public let baseline: ExactDecimal?
    /// The baseline as printed.
    public let baselinePrinted: String
    /// The year by which the target is to be reached.
    public let year: Int
    /// The number to reach; absent where the target is not a number.
    public let value: ExactDecimal?
    /// How the number bounds what counts as reached; absent where the target is not a number.
    public let comparator: Comparator?
    /// Whether the number is a total or increase over the whole plan.
    public let isCumulative: Bool
    /// The target as printed: `3100以上`, `[18]`, `按上级要求`.
    public let printed: String
    /// The average growth a year that the plan states beside it, as printed.
    public let growthPrinted: String
    /// Order among the lines of the plan, as printed.
    public let ordinal: Int
    /// Where it was printed.
    public let source: Source
    /// The editor's remark.
    public let note: String
    /// Counts the corrections of the target: 1 is the first that was recorded.
    public let revision: Int
    /// When it was recorded. Absent before it is stored.
    public let recordedAt: Instant?

    /// Makes a target of its parts.
    public init(
        lineage: String?,
        plan: String,
        indicator: String,
        baselineYear: Int?,
        baseline: ExactDecimal?,
        baselinePrinted: String,
        year: Int,
        value: ExactDecimal?,
        comparator: Comparator?,
        isCumulative: Bool,
        printed: String,
        growthPrinted: String,
        ordinal: Int,
        source: Source,
        note: String,
        revision: Int,
        recordedAt: Instant?
    ) {
        self.lineage = lineage
        self.plan = plan
        self.indicator = indicator
        self.baselineYear = baselineYear
        self.baseline = baseline
        self.baselinePrinted = baselinePrinted
        self.year = year
        self.value = value
        self.comparator = comparator
        self.isCumulative = isCumulative
        self.printed = printed
        self.growthPrinted = growthPrinted
        self.ordinal = ordinal
        self.source = source
        self.note = note
        self.revision = revision
        self.recordedAt = recordedAt
    }
}
