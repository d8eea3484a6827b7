/// An instant to the microsecond, or ±infinity: a `timestamptz`.
public struct PostgresTimestamp: Hashable, Sendable, Comparable {
    /// Microseconds since 1970-01-01T00:00:00Z; `Int64.max` and `.min` mean ±infinity.
    public var microsecondsSince1970: Int64

    /// The instant so many microseconds after 1970-01-01T00:00:00Z.
    public init(microsecondsSince1970: Int64) {
        self.microsecondsSince1970 = microsecondsSince1970
    }

    /// Later than every instant.
    public static let infinity = PostgresTimestamp(microsecondsSince1970: .max)
    /// Earlier than every instant.
    public static let negativeInfinity = PostgresTimestamp(microsecondsSince1970: .min)

    /// True for an instant, false for ±infinity.
    public var isFinite: Bool { self != .infinity && self != .negativeInfinity }

    /// Order in time.
    public static func < (left: Self, right: Self) -> Bool {
        left.microsecondsSince1970 < right.microsecondsSince1970
    }

    /// From 1970-01-01T00:00:00Z to 2000-01-01T00:00:00Z, where the wire format counts from.
    @usableFromInline static let microsecondsFrom1970To2000: Int64 = 946_684_800_000_000

    /// The number on the wire; what is too early for a `timestamptz` becomes a number that the server refuses.
    @inlinable
    static func wire(microsecondsSince1970 microseconds: Int64) -> Int64 {
        if microseconds == .max || microseconds == .min {
            return microseconds
        }
        let (wire, overflow) = microseconds.subtractingReportingOverflow(microsecondsFrom1970To2000)
        return overflow ? .min + 1 : wire
    }
}

extension PostgresTimestamp: PostgresEncodable, PostgresDecodable {
    /// `timestamptz`.
    public static var postgresType: PostgresType { .timestamptz }

    /// Writes eight bytes.
    public func encode(into buffer: inout PostgresBinaryBuffer) {
        buffer.write(integer: Self.wire(microsecondsSince1970: microsecondsSince1970))
    }

    /// Reads a `timestamptz`, or a `timestamp` taken as UTC.
    ///
    /// - Throws: ``PostgresError`` with code `decoding` for NULL, every other type, and instants after the year 294246.
    public init(from cell: PostgresCell) throws {
        let oid = cell.typeOID == PostgresType.timestamp.oid ? cell.typeOID : PostgresType.timestamptz.oid
        let bytes = try cell.bytes(of: oid, count: 8, as: Self.self)
        let wire = Int64(bigEndian: bytes.loadUnaligned(as: Int64.self))
        if wire == .max || wire == .min {
            self.init(microsecondsSince1970: wire)
            return
        }
        let (microseconds, overflow) = wire.addingReportingOverflow(Self.microsecondsFrom1970To2000)
        guard !overflow else {
            throw cell.decodingError("the instant is later than 64 bits of microseconds since 1970 can hold")
        }
        self.init(microsecondsSince1970: microseconds)
    }
}
