extension Bool: PostgresEncodable, PostgresDecodable {
    /// `boolean`.
    public static var postgresType: PostgresType { .boolean }

    /// Writes one byte.
    public func encode(into buffer: inout PostgresBinaryBuffer) {
        buffer.write(integer: self ? 1 : 0 as UInt8)
    }

    /// Reads a `boolean`.
    ///
    /// - Throws: ``PostgresError`` with code `decoding` for NULL and everything else.
    public init(from cell: PostgresCell) throws {
        let bytes = try cell.bytes(of: PostgresType.boolean.oid, count: 1, as: Self.self)
        self = bytes[0] != 0
    }
}

extension Int16: PostgresEncodable, PostgresDecodable {
    /// `int2`.
    public static var postgresType: PostgresType { .int2 }

    /// Writes two bytes.
    public func encode(into buffer: inout PostgresBinaryBuffer) { buffer.write(integer: self) }

    /// Reads an `int2`, or a wider integer that fits.
    ///
    /// - Throws: ``PostgresError`` with code `decoding` for NULL and everything else.
    public init(from cell: PostgresCell) throws { self = try cell.integer() }
}

extension Int32: PostgresEncodable, PostgresDecodable {
    /// `int4`.
    public static var postgresType: PostgresType { .int4 }

    /// Writes four bytes.
    public func encode(into buffer: inout PostgresBinaryBuffer) { buffer.write(integer: self) }

    /// Reads an `int2` or `int4`, or an `int8` that fits.
    ///
    /// - Throws: ``PostgresError`` with code `decoding` for NULL and everything else.
    public init(from cell: PostgresCell) throws { self = try cell.integer() }
}

extension Int64: PostgresEncodable, PostgresDecodable {
    /// `int8`.
    public static var postgresType: PostgresType { .int8 }

    /// Writes eight bytes.
    public func encode(into buffer: inout PostgresBinaryBuffer) { buffer.write(integer: self) }

    /// Reads an `int2`, `int4`, `int8` or `oid`.
    ///
    /// - Throws: ``PostgresError`` with code `decoding` for NULL and everything else.
    public init(from cell: PostgresCell) throws { self = try cell.integer() }
}

extension Int: PostgresEncodable, PostgresDecodable {
    /// `int8`.
    public static var postgresType: PostgresType { .int8 }

    /// Writes eight bytes.
    public func encode(into buffer: inout PostgresBinaryBuffer) { buffer.write(integer: Int64(self)) }

    /// Reads an `int2`, `int4`, `int8` or `oid`.
    ///
    /// - Throws: ``PostgresError`` with code `decoding` for NULL and everything else.
    public init(from cell: PostgresCell) throws { self = try cell.integer() }
}

extension Float: PostgresEncodable, PostgresDecodable {
    /// `float4`.
    public static var postgresType: PostgresType { .float4 }

    /// Writes four bytes.
    public func encode(into buffer: inout PostgresBinaryBuffer) { buffer.write(integer: bitPattern) }

    /// Reads a `float4`.
    ///
    /// - Throws: ``PostgresError`` with code `decoding` for NULL and everything else.
    public init(from cell: PostgresCell) throws {
        let bytes = try cell.bytes(of: PostgresType.float4.oid, count: 4, as: Self.self)
        self.init(bitPattern: UInt32(bigEndian: bytes.loadUnaligned(as: UInt32.self)))
    }
}

extension Double: PostgresEncodable, PostgresDecodable {
    /// `float8`.
    public static var postgresType: PostgresType { .float8 }

    /// Writes eight bytes.
    public func encode(into buffer: inout PostgresBinaryBuffer) { buffer.write(integer: bitPattern) }

    /// Reads a `float8` or `float4`. A `numeric` is refused: what is exact must not become inexact unseen.
    ///
    /// - Throws: ``PostgresError`` with code `decoding` for NULL and everything else.
    public init(from cell: PostgresCell) throws {
        if cell.typeOID == PostgresType.float4.oid {
            self = Double(try Float(from: cell))
            return
        }
        let bytes = try cell.bytes(of: PostgresType.float8.oid, count: 8, as: Self.self)
        self.init(bitPattern: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)))
    }
}

extension String: PostgresEncodable, PostgresDecodable {
    /// Text whose type the server infers: see ``PostgresType/inferredText``.
    public static var postgresType: PostgresType { .inferredText }

    /// Writes the UTF-8.
    public func encode(into buffer: inout PostgresBinaryBuffer) { buffer.write(text: self) }

    /// Reads `text`, `varchar`, `char`, `name`, `json`, `jsonb`, `xml`, enums, and extension types whose binary format
    /// is text (such as `citext`).
    ///
    /// - Throws: ``PostgresError`` with code `decoding` for NULL and everything else.
    public init(from cell: PostgresCell) throws {
        let bytes = try cell.value(as: Self.self)
        if TypeOID.isText(cell.typeOID) {
            // Composite values, arrays and ranges of types made after `initdb` look like text by their OID, but have
            // zero bytes in their lengths, which no text has.
            if cell.typeOID >= TypeOID.firstUserDefined, bytes.contains(0) {
                throw cell.mismatch(Self.self)
            }
            self.init(decoding: bytes, as: UTF8.self)
        } else if cell.typeOID == PostgresType.jsonb.oid {
            self.init(decoding: try PostgresJSONB(from: cell).bytes, as: UTF8.self)
        } else {
            throw cell.mismatch(Self.self)
        }
    }
}

extension UInt8: PostgresArrayEncodable, PostgresArrayDecodable {
    /// `bytea`.
    public static var postgresArrayType: PostgresType { .bytea }

    /// Writes the bytes.
    public static func encodeArray(_ elements: [UInt8], into buffer: inout PostgresBinaryBuffer) {
        elements.withUnsafeBytes { buffer.write(bytes: $0) }
    }

    /// Reads a `bytea`.
    ///
    /// - Throws: ``PostgresError`` with code `decoding` for NULL and everything else.
    public static func decodeArray(from cell: PostgresCell) throws -> [UInt8] {
        let bytes = try cell.value(as: [UInt8].self)
        guard cell.typeOID == PostgresType.bytea.oid else {
            throw cell.mismatch([UInt8].self)
        }
        return Array(bytes)
    }
}
