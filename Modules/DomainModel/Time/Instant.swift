/// A point in time, to the microsecond, in UTC: when something was recorded.
public struct Instant: Sendable, Hashable, Comparable {
    /// Microseconds since 1970-01-01T00:00:00Z.
    public let microsecondsSince1970: Int64

    /// The instant that lies the given number of microseconds after 1970-01-01T00:00:00Z.
    public init(microsecondsSince1970: Int64) {
        self.microsecondsSince1970 = microsecondsSince1970
    }

    /// Whether the left instant comes first.
    public static func < (left: Instant, right: Instant) -> Bool {
        left.microsecondsSince1970 < right.microsecondsSince1970
    }
}

extension Instant: CustomStringConvertible, LosslessStringConvertible {
    /// Reads an RFC 3339 timestamp, or a date, which means the end of that day in UTC.
    ///
    /// A date as the end of its day is what people mean by "as of 30 June".
    ///
    /// - Returns: `nil` for anything else, also for more than six decimal places of a second.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        func number(_ from: Int, _ to: Int) -> Int? {
            guard to <= bytes.count else { return nil }
            var value = 0
            for byte in bytes[from..<to] {
                let digit = byte &- UInt8(ascii: "0")
                guard digit <= 9 else { return nil }
                value = value * 10 + Int(digit)
            }
            return value
        }
        guard bytes.count >= 10, let year = number(0, 4), let month = number(5, 7), let day = number(8, 10),
            bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        let midnight = Int64(date.daysSince1970) * 86_400_000_000
        if bytes.count == 10 {
            self.init(microsecondsSince1970: midnight + 86_399_999_999)
            return
        }
        guard bytes.count >= 20, bytes[10] | 0x20 == UInt8(ascii: "t"), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"), let hour = number(11, 13), let minute = number(14, 16),
            let second = number(17, 19), hour < 24, minute < 60, second < 60
        else { return nil }
        var index = 19
        var fraction: Int64 = 0
        if bytes[index] == UInt8(ascii: ".") {
            index += 1
            var places = 0
            while index < bytes.count, bytes[index] &- UInt8(ascii: "0") <= 9 {
                fraction = fraction * 10 + Int64(bytes[index] - UInt8(ascii: "0"))
                places += 1
                index += 1
                guard places <= 6 else { return nil }
            }
            guard places > 0 else { return nil }
            for _ in places..<6 { fraction *= 10 }
        }
        var offset = 0
        guard index < bytes.count else { return nil }
        if bytes[index] | 0x20 == UInt8(ascii: "z") {
            guard index + 1 == bytes.count else { return nil }
        } else {
            guard index + 6 == bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-"),
                bytes[index + 3] == UInt8(ascii: ":"), let hours = number(index + 1, index + 3),
                let minutes = number(index + 4, index + 6), hours < 24, minutes < 60
            else { return nil }
            offset = (hours * 60 + minutes) * (bytes[index] == UInt8(ascii: "-") ? -1 : 1)
        }
        let seconds = Int64(hour * 3_600 + minute * 60 + second - offset * 60)
        self.init(microsecondsSince1970: midnight + seconds * 1_000_000 + fraction)
    }

    /// RFC 3339 in UTC with six decimal places: `2026-07-01T08:30:00.000000Z`.
    public var description: String {
        let perDay: Int64 = 86_400_000_000
        var days = microsecondsSince1970 / perDay
        var rest = microsecondsSince1970 % perDay
        if rest < 0 {
            days -= 1
            rest += perDay
        }
        let (year, month, day) = CivilDate(daysSince1970: Int(days)).components
        let seconds = Int(rest / 1_000_000)
        let isUsual = (0...9_999).contains(year)
        // Digit by digit, since there is one in each line of the log.
        let text = String(unsafeUninitializedCapacity: 27) { bytes in
            var end = 0
            func put(_ value: Int, _ width: Int, then mark: Unicode.Scalar) {
                var rest = value
                for place in (end..<end + width).reversed() {
                    bytes[place] = UInt8(ascii: "0") + UInt8(rest % 10)
                    rest /= 10
                }
                bytes[end + width] = UInt8(ascii: mark)
                end += width + 1
            }
            put(isUsual ? year : 0, 4, then: "-")
            put(month, 2, then: "-")
            put(day, 2, then: "T")
            put(seconds / 3_600, 2, then: ":")
            put(seconds / 60 % 60, 2, then: ":")
            put(seconds % 60, 2, then: ".")
            put(Int(rest % 1_000_000), 6, then: "Z")
            return end
        }
        return isUsual ? text : "\(year)" + text.dropFirst(4)
    }
}

extension Instant: Codable {
    /// Decodes an RFC 3339 timestamp.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let instant = Instant(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "expected an RFC 3339 timestamp, for example 2026-07-01T08:30:00Z"
            )
        }
        self = instant
    }

    /// Encodes RFC 3339 in UTC with microseconds.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
