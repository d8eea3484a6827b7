/// The days for which something holds: from a day on, and until another one, on which it holds no longer.
public struct DateSpan: Sendable, Hashable, Codable {
    /// The first day; absent when it is not known, or has always been.
    public let from: CivilDate?
    /// The first day on which it holds no longer; absent while no end is known.
    public let until: CivilDate?

    /// Makes a span of its ends.
    public init(from: CivilDate? = nil, until: CivilDate? = nil) {
        self.from = from
        self.until = until
    }

    /// Whether it has no day.
    public var isEmpty: Bool {
        guard let from, let until else { return false }
        return until <= from
    }

    /// Whether a day is one of them.
    public func contains(_ day: CivilDate) -> Bool {
        (from.map { $0 <= day } ?? true) && (until.map { day < $0 } ?? true)
    }

    /// Whether both have a day in common.
    public func overlaps(_ other: DateSpan) -> Bool {
        func begins(_ span: DateSpan, before end: CivilDate?) -> Bool {
            guard let from = span.from, let end else { return true }
            return from < end
        }
        return !isEmpty && !other.isEmpty && begins(self, before: other.until) && begins(other, before: until)
    }
}
