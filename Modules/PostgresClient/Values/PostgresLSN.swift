/// A position in the server's write-ahead log: a `pg_lsn`.
///
/// What is committed at one position has been replayed by a replica that has reached it. Positions of different
/// servers can be compared only when one replicates the other.
public struct PostgresLSN: Hashable, Sendable, Comparable {
    /// The byte's number in the log.
    public var position: UInt64

    /// The position of a byte of the log.
    public init(position: UInt64) {
        self.position = position
    }

    /// Order in the log.
    public static func < (left: Self, right: Self) -> Bool { left.position < right.position }
}

extension PostgresLSN: LosslessStringConvertible {
    /// Reads what the server prints: two hexadecimal numbers of up to eight digits, `16/B374D848`.
    ///
    /// Nil for every other text, so that it may come from outside (a header, a cookie).
    public init?(_ text: String) {
        let halves = text.split(separator: "/", omittingEmptySubsequences: false)
        guard halves.count == 2, halves.allSatisfy({ $0.utf8.count <= 8 && $0.allSatisfy(\.isHexDigit) }),
            let high = UInt32(halves[0], radix: 16), let low = UInt32(halves[1], radix: 16)
        else {
            return nil
        }
        self.init(position: UInt64(high) << 32 | UInt64(low))
    }

    /// The position as the server prints it: `16/B374D848`.
    public var description: String {
        let high = String(position >> 32, radix: 16, uppercase: true)
        let low = String(position & 0xFFFF_FFFF, radix: 16, uppercase: true)
        return "\(high)/\(low)"
    }
}

extension PostgresLSN: PostgresEncodable, PostgresDecodable {
    /// `pg_lsn`.
    public static var postgresType: PostgresType { .lsn }

    /// Writes eight bytes.
    public func encode(into buffer: inout PostgresBinaryBuffer) { buffer.write(integer: position) }

    /// Reads a `pg_lsn`.
    ///
    /// - Throws: ``PostgresError`` with code `decoding` for NULL and every other type.
    public init(from cell: PostgresCell) throws {
        let bytes = try cell.bytes(of: PostgresType.lsn.oid, count: 8, as: Self.self)
        self.init(position: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)))
    }
}
