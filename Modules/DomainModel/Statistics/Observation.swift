/// One value of a series in a period, in one of its revisions (观测值).
public struct Observation: Sendable, Hashable, Codable {
    /// Lineage code: `ceyuan trace` leads from it to the cell it came from.
    public let lineage: String
    /// The indicator observed.
    public let indicator: String
    /// The region observed.
    public let region: String
    /// The period observed.
    public let period: Period
    /// 1 is the first value recorded, the highest is the current one.
    public let revision: Int
    /// The value; absent when the status is missing.
    public let value: ExactDecimal?
    /// How the value bounds the true one; `=` unless the notation says otherwise.
    public let comparator: Comparator
    /// Whether the value is a total since the start of the plan rather than of the period alone.
    public let isCumulative: Bool
    /// What kind of value it is.
    public let status: ObservationStatus
    /// The figure as printed in the file, unit and brackets included.
    public let printed: String
    /// The submitter's footnote; empty when there is none.
    public let note: String
    /// The batch that brought it.
    public let batch: Int64
    /// The line of the file that it stands in; 1 is the header.
    public let line: Int
    /// When it was recorded.
    public let recordedAt: Instant

    /// Makes an observation of its parts.
    public init(
        lineage: String,
        indicator: String,
        region: String,
        period: Period,
        revision: Int,
        value: ExactDecimal?,
        comparator: Comparator,
        isCumulative: Bool,
        status: ObservationStatus,
        printed: String,
        note: String,
        batch: Int64,
        line: Int,
        recordedAt: Instant
    ) {
        self.lineage = lineage
        self.indicator = indicator
        self.region = region
        self.period = period
        self.revision = revision
        self.value = value
        self.comparator = comparator
        self.isCumulative = isCumulative
        self.status = status
        self.printed = printed
        self.note = note
        self.batch = batch
        self.line = line
        self.recordedAt = recordedAt
    }
}
