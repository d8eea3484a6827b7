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
            reason: "\(reason) (type OID \(typeOID)\(isNull ? ", NULL" : ""))"
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

    /// The elements of a one-dimensional array, as cells of their own.
    func elements() throws -> [PostgresCell] {
        let bytes = try value(as: [Any].self)
        func word(_ offset: Int) -> Int32 {
            Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self))
        }
        guard bytes.count >= 12 else {
            throw mismatch([Any].self)
        }
        let elementOID = UInt32(bitPattern: word(8))
        if word(0) == 0 {
            return []
        }
        guard word(0) == 1, bytes.count >= 20 else {
            throw decodingError("not a one-dimensional array")
        }
        var cells: [PostgresCell] = []
        cells.reserveCapacity(Int(word(12)))
        var offset = 20
        for _ in 0..<word(12) {
            guard offset + 4 <= bytes.count else {
                throw decodingError("malformed array")
            }
            let length = Int(word(offset))
            offset += 4
            guard length <= bytes.count - offset else {
                throw decodingError("malformed array")
            }
            let value = length < 0 ? nil : UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + length])
            offset += max(length, 0)
            cells.append(PostgresCell(storage: storage, column: column, typeOID: elementOID, value: value))
        }
        return cells
    }
}
