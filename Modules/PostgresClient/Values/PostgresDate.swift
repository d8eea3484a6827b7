/// A calendar day of the proleptic Gregorian calendar, or ±infinity: a `date`.
public struct PostgresDate: Hashable, Sendable, Comparable {
    /// Days since 2000-01-01, as on the wire; `Int32.max` and `.min` mean ±infinity.
    public var daysSince2000: Int32

    /// The day so many days after 2000-01-01.
    public init(daysSince2000: Int32) {
        self.daysSince2000 = daysSince2000
    }

    /// The day so many days after 1970-01-01, or nil when a `date` cannot hold it.
    public init?(daysSince1970 days: Int) {
        guard let wire = Int32(exactly: days - Self.daysFrom1970To2000) else {
            return nil
        }
        self.init(daysSince2000: wire)
    }

    /// Later than every day.
    public static let infinity = PostgresDate(daysSince2000: .max)
    /// Earlier than every day.
    public static let negativeInfinity = PostgresDate(daysSince2000: .min)

    /// True for a day, false for ±infinity.
    public var isFinite: Bool { self != .infinity && self != .negativeInfinity }

    /// Days since 1970-01-01; nil for ±infinity.
    public var daysSince1970: Int? { isFinite ? Int(daysSince2000) + Self.daysFrom1970To2000 : nil }

    /// From 1970-01-01 to 2000-01-01.
    @usableFromInline static let daysFrom1970To2000 = 10_957

    /// Order in time.
    public static func < (left: Self, right: Self) -> Bool { left.daysSince2000 < right.daysSince2000 }
}

extension PostgresDate: PostgresEncodable, PostgresDecodable {
    /// `date`.
    public static var postgresType: PostgresType { .date }

    /// Writes four bytes.
    public func encode(into buffer: inout PostgresBinaryBuffer) { buffer.write(integer: daysSince2000) }

    /// Reads a `date`.
    ///
    /// - Throws: ``PostgresError`` with code `decoding` for NULL and every other type.
    public init(from cell: PostgresCell) throws {
        let bytes = try cell.bytes(of: PostgresType.date.oid, count: 4, as: Self.self)
        self.init(daysSince2000: Int32(bigEndian: bytes.loadUnaligned(as: Int32.self)))
    }
}
