/// A JSON document as its UTF-8 text, for `jsonb` columns (and read from `json`).
public struct PostgresJSONB: Hashable, Sendable {
    /// The document's UTF-8.
    public var bytes: [UInt8]

    /// Wraps a document; the server checks it.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }
}

extension PostgresJSONB: PostgresEncodable, PostgresDecodable {
    /// The only version of the binary format (server source `jsonb.c`, `jsonb_send`).
    private static let version: UInt8 = 1

    /// `jsonb`.
    public static var postgresType: PostgresType { .jsonb }

    /// Writes the version byte and the text.
    public func encode(into buffer: inout PostgresBinaryBuffer) {
        buffer.write(integer: Self.version)
        bytes.withUnsafeBytes { buffer.write(bytes: $0) }
    }

    /// Reads a `jsonb` or a `json`.
    ///
    /// - Throws: ``PostgresError`` with code `decoding` for NULL and every other type.
    public init(from cell: PostgresCell) throws {
        let value = try cell.value(as: Self.self)
        switch cell.typeOID {
        case PostgresType.json.oid:
            self.init(Array(value))
        case PostgresType.jsonb.oid where value.first == Self.version:
            self.init(Array(value.dropFirst()))
        case PostgresType.jsonb.oid:
            throw cell.decodingError("unknown version of jsonb's binary format")
        default:
            throw cell.mismatch(Self.self)
        }
    }
}
