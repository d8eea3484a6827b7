/// A composite value: a row of a table, or of a type made by `CREATE TYPE … AS (…)`, or `ROW(…)`.
///
/// ```swift
/// typealias Address = PostgresRecord<String, String?>
/// let home = try row.decode(column: "home", as: Address.self)
/// let (city, street) = home.fields
/// let all = try row.decode(column: "addresses", as: [Address].self)
/// ```
///
/// As a bind it gets its type from the column that it is stored in: `UPDATE person SET home = \(home)`. Elsewhere, also
/// in comparisons, cast: `home = \(home)::address`, and `\(homes)::address[]` of an array.
public struct PostgresRecord<each Field: PostgresDecodable>: PostgresDecodable {
    /// The fields, in order.
    public let fields: (repeat each Field)

    /// A value of these fields.
    public init(_ fields: repeat each Field) {
        self.fields = (repeat each fields)
    }

    /// Reads a composite value.
    ///
    /// - Throws: ``PostgresError`` with code `decoding`: see ``PostgresCell/decodeFields(_:)``.
    public init(from cell: PostgresCell) throws {
        fields = try cell.decodeFields((repeat each Field).self)
    }
}

extension PostgresRecord: Sendable where repeat each Field: Sendable {}

extension PostgresRecord: PostgresArrayEncodable where repeat each Field: PostgresEncodable {}

extension PostgresRecord: PostgresEncodable where repeat each Field: PostgresEncodable {
    /// ``PostgresType/composite``.
    public static var postgresType: PostgresType { .composite }

    /// Writes the fields.
    public func encode(into buffer: inout PostgresBinaryBuffer) { buffer.write(fields: repeat each fields) }
}

extension PostgresBinaryBuffer {
    /// Writes a composite value; for a type of your own, whose ``PostgresEncodable/postgresType`` is
    /// ``PostgresType/composite``:
    ///
    /// ```swift
    /// func encode(into buffer: inout PostgresBinaryBuffer) {
    ///     buffer.write(fields: city, street)
    /// }
    /// ```
    ///
    /// Each field must be of exactly the type that the composite type has there, else the server says 42804: `Int32`
    /// for `integer`, `UUID` for `uuid`, ``PostgresJSONB`` for `jsonb`. A `String` goes into the text types and enums.
    public mutating func write<each T: PostgresEncodable>(fields: repeat each T) {
        let start = count
        write(integer: 0 as Int32)
        var written: Int32 = 0
        for field in repeat each fields {
            append(field: field)
            written += 1
        }
        overwrite(written, at: start)
    }

    private mutating func append<T: PostgresEncodable>(field: T) {
        write(integer: T.postgresType.fieldOID)
        append(field)
    }
}

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
