public import FoundationEssentials

extension UUID: PostgresEncodable, PostgresDecodable {
    /// `uuid`.
    public static var postgresType: PostgresType { .uuid }

    /// Writes sixteen bytes.
    public func encode(into buffer: inout PostgresBinaryBuffer) {
        withUnsafeBytes(of: uuid) { buffer.write(bytes: $0) }
    }

    /// Reads a `uuid`.
    ///
    /// - Throws: ``PostgresError`` with code `decoding` for NULL and every other type.
    public init(from cell: PostgresCell) throws {
        let bytes = try cell.bytes(of: PostgresType.uuid.oid, count: 16, as: Self.self)
        self.init(uuid: bytes.loadUnaligned(as: uuid_t.self))
    }
}
