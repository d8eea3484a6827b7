/// One value as the server sent it: its column, its type, and its bytes in binary format.
///
/// A cell borrows the row's memory and keeps it alive.
public struct PostgresCell {
    let storage: ResultStorage
    let column: Int
    /// The OID of the value's type.
    public let typeOID: UInt32
    let value: UnsafeRawBufferPointer?

    /// The column's name.
    public var columnName: String { storage.name(of: column) }

    /// True for NULL.
    public var isNull: Bool { value == nil }

    /// Calls the body with the value's bytes, or nil for NULL; the pointer is valid only there.
    ///
    /// - Returns: What the body returns.
    /// - Throws: What the body throws.
    public func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer?) throws -> R) rethrows -> R {
        try withExtendedLifetime(storage) { try body(value) }
    }

    /// An error that names this cell's column and statement.
    ///
    /// - Parameter reason: What was expected; without data.
    /// - Returns: A ``PostgresError`` with code `decoding`.
    public func decodingError(_ reason: String) -> PostgresError {
        var server = PostgresError.Server()
        server.column = columnName
        return PostgresError(
            .decoding,
            server: server,
            query: storage.query,
            reason: "\(reason) (\(TypeOID.description(of: typeOID))\(isNull ? ", NULL" : ""))"
        )
    }

    func mismatch(_ type: any Any.Type) -> PostgresError { decodingError("not decodable as \(type)") }

    /// The bytes of a value that must not be NULL.
    func value(as type: any Any.Type) throws -> UnsafeRawBufferPointer {
        guard let value else {
            throw mismatch(type)
        }
        return value
    }

    /// The bytes of a value of a fixed type and size.
    func bytes(of oid: UInt32, count: Int, as type: any Any.Type) throws -> UnsafeRawBufferPointer {
        let bytes = try value(as: type)
        guard typeOID == oid, bytes.count == count else {
            throw mismatch(type)
        }
        return bytes
    }

    func integer<T: FixedWidthInteger>() throws -> T {
        let bytes = try value(as: T.self)
        let wide: Int64
        switch (typeOID, bytes.count) {
        case (PostgresType.int8.oid, 8): wide = Int64(bigEndian: bytes.loadUnaligned(as: Int64.self))
        case (PostgresType.int4.oid, 4): wide = Int64(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self)))
        case (PostgresType.int2.oid, 2): wide = Int64(Int16(bigEndian: bytes.loadUnaligned(as: Int16.self)))
        case (TypeOID.oid, 4): wide = Int64(UInt32(bigEndian: bytes.loadUnaligned(as: UInt32.self)))
        default: throw mismatch(T.self)
        }
        guard let narrow = T(exactly: wide) else {
            throw decodingError("out of range of \(T.self)")
        }
        return narrow
    }

    /// A cell for a part of this one: an element, a bound, a field.
    func part(_ typeOID: UInt32, _ value: UnsafeRawBufferPointer?) -> PostgresCell {
        PostgresCell(storage: storage, column: column, typeOID: typeOID, value: value)
    }

    /// The elements of a one-dimensional array, as cells of their own.
    func elements<T>(as type: T.Type) throws -> [PostgresCell] {
        var reader = WireReader(try value(as: [T].self))
        guard let dimensions: Int32 = reader.integer(), let flags: Int32 = reader.integer(),
            let element: UInt32 = reader.integer(), TypeOID.isArray(typeOID, of: element)
        else {
            throw mismatch([T].self)
        }
        guard (0...1).contains(flags), dimensions >= 0 else {
            throw decodingError("malformed array")
        }
        guard dimensions <= 1 else {
            throw decodingError("not a one-dimensional array; unnest it, or select a slice")
        }
        var count: Int32 = 0
        if dimensions == 1 {
            // Each element has its length of four bytes: a count beyond that is a lie, and no memory is taken for it.
            guard let given: Int32 = reader.integer(), let _: Int32 = reader.integer(),
                given >= 0, Int(given) <= reader.remaining / 4
            else {
                throw decodingError("malformed array")
            }
            count = given
        }
        var cells: [PostgresCell] = []
        cells.reserveCapacity(Int(count))
        for _ in 0..<count {
            switch reader.part() {
            case .null: cells.append(part(element, nil))
            case .value(let bytes): cells.append(part(element, bytes))
            case nil: throw decodingError("malformed array")
            }
        }
        guard reader.isAtEnd else {
            throw decodingError("malformed array")
        }
        return cells
    }
}
