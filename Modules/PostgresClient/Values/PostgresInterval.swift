/// A span of calendar time: an `interval`.
///
/// Months, days and microseconds are kept apart, as the server does: a month has no fixed number of days, a day no
/// fixed number of hours. Equality is of the three numbers, so 24 hours are not one day here, although the server's
/// `=` finds them equal.
public struct PostgresInterval: Hashable, Sendable {
    /// Whole months; years are twelve of them.
    public var months: Int32
    /// Whole days.
    public var days: Int32
    /// Microseconds: hours, minutes and seconds together.
    public var microseconds: Int64

    /// The span of so many months, days and microseconds, each of which may be negative.
    public init(months: Int32 = 0, days: Int32 = 0, microseconds: Int64 = 0) {
        self.months = months
        self.days = days
        self.microseconds = microseconds
    }
}

extension PostgresInterval: PostgresEncodable, PostgresDecodable {
    /// `interval`.
    public static var postgresType: PostgresType { .interval }

    /// Writes sixteen bytes (server source `timestamp.c`, `interval_send`).
    public func encode(into buffer: inout PostgresBinaryBuffer) {
        buffer.write(integer: microseconds)
        buffer.write(integer: days)
        buffer.write(integer: months)
    }

    /// Reads an `interval`.
    ///
    /// - Throws: ``PostgresError`` with code `decoding` for NULL and every other type.
    public init(from cell: PostgresCell) throws {
        var reader = WireReader(try cell.bytes(of: PostgresType.interval.oid, count: 16, as: Self.self))
        guard let microseconds: Int64 = reader.integer(), let days: Int32 = reader.integer(),
            let months: Int32 = reader.integer()
        else {
            throw cell.decodingError("malformed interval")
        }
        self.init(months: months, days: days, microseconds: microseconds)
    }
}

extension PostgresInterval: CustomStringConvertible {
    /// ISO 8601 with signs, as the server prints it with `intervalstyle = iso_8601`: `P1Y2M-3DT4H5M6.7S`.
    ///
    /// Source: PostgreSQL, `src/interfaces/ecpg/pgtypeslib/interval.c` and `datetime.c`, `EncodeInterval`.
    public var description: String {
        let seconds = microseconds / 1_000_000
        let calendar = [(Int64(months / 12), "Y"), (Int64(months % 12), "M"), (Int64(days), "D")]
        let clock = [(seconds / 3600, "H"), (seconds / 60 % 60, "M")]
        var time = Self.text(clock)
        let fraction = (microseconds % 1_000_000).magnitude
        if seconds % 60 != 0 || fraction != 0 {
            time += microseconds < 0 ? "-" : ""
            time += String((seconds % 60).magnitude)
            time += fraction == 0 ? "" : "." + Self.decimals(fraction)
            time += "S"
        }
        let date = Self.text(calendar)
        if date.isEmpty, time.isEmpty {
            return "PT0S"
        }
        return "P" + date + (time.isEmpty ? "" : "T" + time)
    }

    private static func text(_ parts: [(Int64, String)]) -> String {
        parts.map { $0.0 == 0 ? "" : "\($0.0)\($0.1)" }.joined()
    }

    /// Six digits, less the zeros at the end.
    private static func decimals(_ millionths: UInt64) -> String {
        var digits = String(String(1_000_000 + millionths).dropFirst())
        while digits.last == "0" {
            digits.removeLast()
        }
        return digits
    }
}
