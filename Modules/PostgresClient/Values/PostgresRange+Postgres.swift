/// The first byte of a range on the wire, and what its parts are.
///
/// Source: PostgreSQL, `src/include/utils/rangetypes.h`, and `rangetypes.c`, `range_send`.
enum RangeWire {
    static let empty: UInt8 = 0x01
    static let lowerIncluded: UInt8 = 0x02
    static let upperIncluded: UInt8 = 0x04
    static let lowerUnbounded: UInt8 = 0x08
    static let upperUnbounded: UInt8 = 0x10
    static let all = empty | lowerIncluded | upperIncluded | lowerUnbounded | upperUnbounded

    /// The type of the bounds of a built-in range type.
    static func boundType(of range: UInt32) -> PostgresType? {
        switch range {
        case PostgresType.int4Range.oid: .int4
        case PostgresType.int8Range.oid: .int8
        case PostgresType.numericRange.oid: .numeric
        case PostgresType.timestampRange.oid: .timestamp
        case PostgresType.timestamptzRange.oid: .timestamptz
        case PostgresType.dateRange.oid: .date
        default: nil
        }
    }

    /// The range type of a built-in multirange type.
    static func rangeType(of multirange: UInt32) -> PostgresType? {
        switch multirange {
        case PostgresType.int4Multirange.oid: .int4Range
        case PostgresType.int8Multirange.oid: .int8Range
        case PostgresType.numericMultirange.oid: .numericRange
        case PostgresType.timestampMultirange.oid: .timestampRange
        case PostgresType.timestamptzMultirange.oid: .timestamptzRange
        case PostgresType.dateMultirange.oid: .dateRange
        default: nil
        }
    }
}

extension PostgresRange: PostgresEncodable, PostgresDecodable {
    /// The range type of the bounds.
    public static var postgresType: PostgresType { Bound.postgresRangeType }

    /// Writes the flags and the bounds.
    public func encode(into buffer: inout PostgresBinaryBuffer) {
        guard case .bounds(let lower, let upper) = self else {
            return buffer.write(integer: RangeWire.empty)
        }
        var flags: UInt8 = 0
        switch lower {
        case .unbounded: flags |= RangeWire.lowerUnbounded
        case .including: flags |= RangeWire.lowerIncluded
        case .excluding: break
        }
        switch upper {
        case .unbounded: flags |= RangeWire.upperUnbounded
        case .including: flags |= RangeWire.upperIncluded
        case .excluding: break
        }
        buffer.write(integer: flags)
        lower.encodeBound(into: &buffer)
        upper.encodeBound(into: &buffer)
    }

    /// Reads a range whose bounds are decodable as `Bound`.
    ///
    /// - Throws: ``PostgresError`` with code `decoding` for NULL, other types, and ranges made by `CREATE TYPE`.
    public init(from cell: PostgresCell) throws {
        var reader = WireReader(try cell.value(as: Self.self))
        guard let boundType = RangeWire.boundType(of: cell.typeOID) else {
            throw cell.mismatch(Self.self)
        }
        guard let flags: UInt8 = reader.integer(), flags & ~RangeWire.all == 0 else {
            throw cell.decodingError("malformed range")
        }
        if flags & RangeWire.empty != 0 {
            self = .empty
        } else {
            let lower = try Self.edge(
                cell,
                boundType,
                &reader,
                isUnbounded: flags & RangeWire.lowerUnbounded != 0,
                isIncluded: flags & RangeWire.lowerIncluded != 0
            )
            let upper = try Self.edge(
                cell,
                boundType,
                &reader,
                isUnbounded: flags & RangeWire.upperUnbounded != 0,
                isIncluded: flags & RangeWire.upperIncluded != 0
            )
            self = .bounds(lower: lower, upper: upper)
        }
        guard reader.isAtEnd else {
            throw cell.decodingError("malformed range")
        }
    }

    private static func edge(
        _ cell: PostgresCell,
        _ type: PostgresType,
        _ reader: inout WireReader,
        isUnbounded: Bool,
        isIncluded: Bool
    ) throws -> Edge {
        if isUnbounded {
            return .unbounded
        }
        guard case .value(let bytes) = reader.part() else {
            throw cell.decodingError("malformed range")
        }
        let bound = try Bound(from: cell.part(type.oid, bytes))
        return isIncluded ? .including(bound) : .excluding(bound)
    }
}

extension PostgresRange.Edge {
    fileprivate func encodeBound(into buffer: inout PostgresBinaryBuffer) {
        switch self {
        case .unbounded: break
        case .including(let bound), .excluding(let bound): buffer.append(bound)
        }
    }
}

extension PostgresMultirange: PostgresEncodable, PostgresDecodable {
    /// The multirange type of the bounds.
    public static var postgresType: PostgresType { Bound.postgresMultirangeType }

    /// Writes the count and the ranges (server source `multirangetypes.c`, `multirange_send`).
    public func encode(into buffer: inout PostgresBinaryBuffer) {
        buffer.write(integer: Int32(ranges.count))
        for range in ranges {
            buffer.append(range)
        }
    }

    /// Reads a multirange whose bounds are decodable as `Bound`.
    ///
    /// - Throws: ``PostgresError`` with code `decoding` for NULL and other types.
    public init(from cell: PostgresCell) throws {
        var reader = WireReader(try cell.value(as: Self.self))
        guard let rangeType = RangeWire.rangeType(of: cell.typeOID) else {
            throw cell.mismatch(Self.self)
        }
        // Each range has its length of four bytes: a count beyond that is a lie, and no memory is taken for it.
        guard let count: Int32 = reader.integer(), count >= 0, Int(count) <= reader.remaining / 4 else {
            throw cell.decodingError("malformed multirange")
        }
        var ranges: [PostgresRange<Bound>] = []
        ranges.reserveCapacity(Int(count))
        for _ in 0..<count {
            guard case .value(let bytes) = reader.part() else {
                throw cell.decodingError("malformed multirange")
            }
            ranges.append(try PostgresRange(from: cell.part(rangeType.oid, bytes)))
        }
        guard reader.isAtEnd else {
            throw cell.decodingError("malformed multirange")
        }
        self.init(ranges)
    }
}
