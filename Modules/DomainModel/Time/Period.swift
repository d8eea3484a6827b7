/// A period of time that an observation is of: a year, half-year, quarter, month, week or day.
///
/// Spelled as in SDMX: `2020`, `2020-S1`, `2020-Q3`, `2020-05`, `2020-W07`, `2020-05-17`.
///
/// Source: SDMX Technical Notes 2.1, section 6, §4.2 (time formats); weeks as in ISO 8601.
public struct Period: Sendable, Hashable {
    /// Whether it is a year, a month or another kind of period.
    public let frequency: Frequency
    /// The period's place in the row of all periods of its kind; consecutive periods differ by one.
    ///
    /// Years count from year 0, half-years, quarters and months from the first of year 0, days from 1970-01-01,
    /// weeks from the week of 1970-01-01.
    public let ordinal: Int

    init(frequency: Frequency, ordinal: Int) {
        self.frequency = frequency
        self.ordinal = ordinal
    }

    /// The calendar year.
    public static func year(_ year: Int) -> Period {
        Period(frequency: .annual, ordinal: year)
    }

    /// The period of a kind that a day lies in.
    public init(_ frequency: Frequency, containing date: CivilDate) {
        let (year, month, _) = date.components
        switch frequency {
        case .annual: self.init(frequency: .annual, ordinal: year)
        case .semester: self.init(frequency: .semester, ordinal: year * 2 + (month - 1) / 6)
        case .quarterly: self.init(frequency: .quarterly, ordinal: year * 4 + (month - 1) / 3)
        case .monthly: self.init(frequency: .monthly, ordinal: year * 12 + month - 1)
        case .weekly: self.init(frequency: .weekly, ordinal: Self.floorDivide(date.daysSince1970 + 3, 7))
        case .daily: self.init(frequency: .daily, ordinal: date.daysSince1970)
        }
    }

    /// The first day.
    public var start: CivilDate {
        switch frequency {
        case .annual: Self.firstDay(year: ordinal, month: 1)
        case .semester: Self.firstDay(year: Self.floorDivide(ordinal, 2), month: Self.remainder(ordinal, 2) * 6 + 1)
        case .quarterly: Self.firstDay(year: Self.floorDivide(ordinal, 4), month: Self.remainder(ordinal, 4) * 3 + 1)
        case .monthly: Self.firstDay(year: Self.floorDivide(ordinal, 12), month: Self.remainder(ordinal, 12) + 1)
        case .weekly: CivilDate(daysSince1970: ordinal * 7 - 3)
        case .daily: CivilDate(daysSince1970: ordinal)
        }
    }

    /// The last day.
    public var end: CivilDate {
        CivilDate(daysSince1970: advanced(by: 1).start.daysSince1970 - 1)
    }

    /// The calendar year that the period begins in; for a week, the ISO week-numbering year.
    public var year: Int {
        if frequency == .weekly {
            // ISO 8601: a week belongs to the year that its Thursday lies in.
            return CivilDate(daysSince1970: start.daysSince1970 + 3).components.year
        }
        return start.components.year
    }

    /// The period of the same kind that lies the given number of periods later.
    public func advanced(by count: Int) -> Period {
        Period(frequency: frequency, ordinal: ordinal + count)
    }

    /// How many periods later the other one is, or `nil` when it is of another kind.
    public func distance(to other: Period) -> Int? {
        frequency == other.frequency ? other.ordinal - ordinal : nil
    }

    /// Whether the other period lies wholly within this one.
    public func contains(_ other: Period) -> Bool {
        start <= other.start && other.end <= end
    }

    private static func firstDay(year: Int, month: Int) -> CivilDate {
        // The first of a month always exists.
        CivilDate(year: year, month: month, day: 1) ?? CivilDate(daysSince1970: 0)
    }

    private static func floorDivide(_ a: Int, _ b: Int) -> Int {
        a >= 0 ? a / b : -((-a + b - 1) / b)
    }

    private static func remainder(_ a: Int, _ b: Int) -> Int {
        a - floorDivide(a, b) * b
    }
}

extension Period: Comparable {
    /// Orders by first day, and longer periods before shorter ones that begin on the same day.
    public static func < (left: Period, right: Period) -> Bool {
        let (a, b) = (left.start, right.start)
        return a == b ? left.end > right.end : a < b
    }
}
