public import DomainModel

/// A value of the indicator under judgement, in its current revision.
///
/// It is what a method needs of an ``Observation``, so that methods also run on values that were never stored.
public struct ObservedValue: Sendable, Hashable {
    /// Lineage code of the observation; absent for values that were never stored.
    public let lineage: String?
    /// The period observed.
    public let period: Period
    /// The value; absent when its publisher gives none.
    public let value: ExactDecimal?
    /// How the value bounds the true one.
    public let comparator: Comparator
    /// Whether the value is a total since the start of the plan rather than of the period alone.
    public let isCumulative: Bool
    /// What kind of value it is. Forecasts are never judged.
    public let status: ObservationStatus
    /// The figure as printed.
    public let printed: String
    /// The submitter's footnote.
    public let note: String

    /// Makes a value of its parts.
    public init(
        lineage: String? = nil,
        period: Period,
        value: ExactDecimal?,
        comparator: Comparator = .equal,
        isCumulative: Bool = false,
        status: ObservationStatus = .normal,
        printed: String = "",
        note: String = ""
    ) {
        self.lineage = lineage
        self.period = period
        self.value = value
        self.comparator = comparator
        self.isCumulative = isCumulative
        self.status = status
        self.printed = printed
        self.note = note
    }

    /// Takes what a method needs from a stored observation.
    public init(_ observation: Observation) {
        self.init(
            lineage: observation.lineage,
            period: observation.period,
            value: observation.value,
            comparator: observation.comparator,
            isCumulative: observation.isCumulative,
            status: observation.status,
            printed: observation.printed,
            note: observation.note
        )
    }

    var evidence: Finding.Evidence {
        Finding.Evidence(
            lineage: lineage,
            period: period,
            value: value,
            comparator: comparator,
            printed: printed,
            note: note
        )
    }
}
