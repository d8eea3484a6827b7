extension Period: CustomStringConvertible, LosslessStringConvertible {
    /// Reads an SDMX time period: `2020`, `2020-A1`, `2020-S1`, `2020-Q3`, `2020-05`, `2020-M05`, `2020-W07`,
    /// `2020-05-17`, `2020-D138`.
    ///
    /// - Returns: `nil` for anything else, also for a day, month or week that the calendar does not have.
    public init?(_ text: String) {
        var text = text
        let period = text.withUTF8 { Period(utf8: $0) }
        guard let period else { return nil }
        self = period
    }

    /// Reads an SDMX time period from UTF-8 bytes; see ``init(_:)``.
    ///
    /// Cost: no allocation.
    public init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count >= 4, let year = Self.number(bytes, 0, 4), year > 0 else { return nil }
        if bytes.count == 4 {
            self = .year(year)
            return
        }
        guard bytes.count >= 6, bytes[4] == UInt8(ascii: "-") else { return nil }
        switch bytes[5] {
        case UInt8(ascii: "A"):
            guard bytes.count == 7, bytes[6] == UInt8(ascii: "1") else { return nil }
            self = .year(year)
        case UInt8(ascii: "S"):
            guard bytes.count == 7, let part = Self.number(bytes, 6, 7), (1...2).contains(part) else { return nil }
            self.init(frequency: .semester, ordinal: year * 2 + part - 1)
        case UInt8(ascii: "Q"):
            guard bytes.count == 7, let part = Self.number(bytes, 6, 7), (1...4).contains(part) else { return nil }
            self.init(frequency: .quarterly, ordinal: year * 4 + part - 1)
        case UInt8(ascii: "M"):
            guard bytes.count == 8, let month = Self.number(bytes, 6, 8), (1...12).contains(month) else { return nil }
            self.init(frequency: .monthly, ordinal: year * 12 + month - 1)
        case UInt8(ascii: "W"):
            guard bytes.count == 8, let week = Self.number(bytes, 6, 8) else { return nil }
            guard let period = Self.week(week, of: year) else { return nil }
            self = period
        case UInt8(ascii: "D"):
            guard bytes.count == 9, let day = Self.number(bytes, 6, 9) else { return nil }
            let period = Period(frequency: .daily, ordinal: Period.year(year).start.daysSince1970 + day - 1)
            guard day >= 1, period.year == year else { return nil }
            self = period
        default:
            guard let month = Self.number(bytes, 5, 7) else { return nil }
            if bytes.count == 7 {
                guard (1...12).contains(month) else { return nil }
                self.init(frequency: .monthly, ordinal: year * 12 + month - 1)
            } else {
                guard bytes.count == 10, bytes[7] == UInt8(ascii: "-"), let day = Self.number(bytes, 8, 10),
                    let date = CivilDate(year: year, month: month, day: day)
                else { return nil }
                self.init(frequency: .daily, ordinal: date.daysSince1970)
            }
        }
    }

    /// The SDMX spelling.
    public var description: String {
        let year = year
        let prefix = Self.padded(year, 4)
        switch frequency {
        case .annual: return prefix
        case .semester: return "\(prefix)-S\(ordinal - year * 2 + 1)"
        case .quarterly: return "\(prefix)-Q\(ordinal - year * 4 + 1)"
        case .monthly: return "\(prefix)-\(Self.padded(ordinal - year * 12 + 1, 2))"
        case .weekly:
            let first = Self.week(1, of: year)?.ordinal ?? ordinal
            return "\(prefix)-W\(Self.padded(ordinal - first + 1, 2))"
        case .daily:
            let (_, month, day) = start.components
            return "\(prefix)-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
        }
    }

    /// ISO 8601 week of a week-numbering year: week 1 is the one with 4 January in it.
    private static func week(_ week: Int, of year: Int) -> Period? {
        guard (1...53).contains(week), let fourth = CivilDate(year: year, month: 1, day: 4) else { return nil }
        let period = Period(.weekly, containing: fourth).advanced(by: week - 1)
        return period.year == year ? period : nil
    }

    private static func number(_ bytes: UnsafeBufferPointer<UInt8>, _ from: Int, _ to: Int) -> Int? {
        guard to <= bytes.count else { return nil }
        var value = 0
        for index in from..<to {
            let digit = bytes[index] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            value = value * 10 + Int(digit)
        }
        return value
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension Period: Codable {
    /// Decodes the SDMX spelling.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let period = Period(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "expected an SDMX time period, for example 2020, 2020-Q3 or 2020-05"
            )
        }
        self = period
    }

    /// Encodes the SDMX spelling.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
