/// A composite value: a row of a table, or of a type made by `CREATE TYPE … AS (…)`, or `ROW(…)`.
///
/// ```swift
/// typealias Address = PostgresRecord<String, String?>
/// let home = try row.decode(column: "home", as: Address.self)
/// let (city, street) = home.fields
/// let all = try row.decode(column: "addresses", as: [Address].self)
/// ```
///
/// Composite values are only read: their OIDs differ between databases. To write one, bind its fields and let the
/// server build it: `ROW(\(city), \(street))::address`.
public struct PostgresRecord<each Field: PostgresDecodable>: PostgresDecodable {
    /// The fields, in order.
    public let fields: (repeat each Field)

    /// Reads a composite value.
    ///
    /// - Throws: ``PostgresError`` with code `decoding`: see ``PostgresCell/decodeFields(_:)``.
    public init(from cell: PostgresCell) throws {
        fields = try cell.decodeFields((repeat each Field).self)
    }
}

extension PostgresRecord: Sendable where repeat each Field: Sendable {}

extension PostgresCell {
    /// Decodes the fields of a composite value, in order; for a type of your own:
    ///
    /// ```swift
    /// init(from cell: PostgresCell) throws {
    ///     (city, street) = try cell.decodeFields((String, String?).self)
    /// }
    /// ```
    ///
    /// - Returns: The fields.
    /// - Throws: ``PostgresError`` with code `decoding` when the value is NULL, not composite, has another number of
    ///   fields, or a field is of another type.
    public func decodeFields<each T: PostgresDecodable>(
        _ type: (repeat each T).Type = (repeat each T).self
    ) throws -> (repeat each T) {
        let cells = try fields()
        var expected = 0
        for _ in repeat (each T).self {
            expected += 1
        }
        guard expected == cells.count else {
            throw decodingError("\(expected) fields asked for as \(type), \(cells.count) received")
        }
        var next = cells.makeIterator()
        func decode<U: PostgresDecodable>(_: U.Type) throws -> U {
            guard let cell = next.next() else {
                throw mismatch(U.self)
            }
            return try U(from: cell)
        }
        return (repeat try decode((each T).self))
    }

    /// The fields of a composite value (server source `rowtypes.c`, `record_send`).
    private func fields() throws -> [PostgresCell] {
        var reader = WireReader(try value(as: PostgresRow.self))
        guard TypeOID.mayBeComposite(typeOID) else {
            throw decodingError("not a composite value")
        }
        // Each field has its type and length, eight bytes.
        guard let count: Int32 = reader.integer(), count >= 0, Int(count) <= reader.remaining / 8 else {
            throw decodingError("malformed composite value")
        }
        var cells: [PostgresCell] = []
        cells.reserveCapacity(Int(count))
        for _ in 0..<count {
            guard let type: UInt32 = reader.integer(), let part = reader.part() else {
                throw decodingError("malformed composite value")
            }
            switch part {
            case .null: cells.append(self.part(type, nil))
            case .value(let bytes): cells.append(self.part(type, bytes))
            }
        }
        guard reader.isAtEnd else {
            throw decodingError("malformed composite value")
        }
        return cells
    }
}
