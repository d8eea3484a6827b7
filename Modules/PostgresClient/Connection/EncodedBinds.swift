/// The binds of a query in the shape that libpq wants them.
struct EncodedBinds: Sendable {
    /// The protocol counts parameters in 16 bits.
    static let largestCount = 65_535
    /// libpq takes lengths as `int`; the server takes messages below 1 GiB.
    static let largestSize = 1 << 30

    var types: [UInt32] = []
    var lengths: [CInt] = []
    var formats: [CInt] = []
    /// Where each value begins in ``buffer``; -1 for NULL.
    var offsets: [Int] = []
    var buffer = PostgresBinaryBuffer()

    init(_ query: PostgresQuery) throws {
        let binds = query.binds
        guard !binds.isEmpty else {
            return
        }
        guard binds.count <= Self.largestCount else {
            throw PostgresError(
                .encoding,
                query: query.sql,
                reason: "\(binds.count) binds, at most 65535 can be sent; bind arrays instead"
            )
        }
        for (index, bind) in binds.enumerated() {
            try append(bind, index: index, query: query)
        }
    }

    private mutating func append<T: PostgresEncodable>(_ bind: T, index: Int, query: PostgresQuery) throws {
        let type = T.postgresType
        guard type.oid != 0 || type.kind != .named else {
            throw PostgresError(
                .encoding,
                query: query.sql,
                reason: "bind \(index + 1) of type \(T.self) has no PostgreSQL type (arrays of arrays have none)"
            )
        }
        types.append(type.oid)
        formats.append(type.kind == .inferredText ? 0 : 1)
        guard !bind.isPostgresNull else {
            offsets.append(-1)
            lengths.append(0)
            return
        }
        let start = buffer.count
        bind.encode(into: &buffer)
        let length = buffer.count - start
        guard buffer.count < Self.largestSize else {
            throw PostgresError(.encoding, query: query.sql, reason: "the binds are larger than 1 GiB; use COPY")
        }
        if type.kind == .inferredText {
            // libpq reads text parameters up to their NUL: one inside would cut the value silently.
            let hasNUL = buffer.withUnsafeBytes { $0[start...].contains(0) }
            guard !hasNUL else {
                throw PostgresError(
                    .encoding,
                    sqlState: .characterNotInRepertoire,
                    query: query.sql,
                    reason: "bind \(index + 1) contains U+0000, which PostgreSQL cannot store"
                )
            }
            buffer.write(integer: 0 as UInt8)
        }
        offsets.append(start)
        lengths.append(CInt(length))
    }

    /// Whether both send the same bytes.
    func isSame(as other: EncodedBinds) -> Bool {
        types == other.types && lengths == other.lengths && offsets == other.offsets
            && buffer.withUnsafeBytes { ours in
                other.buffer.withUnsafeBytes { $0.count == ours.count && $0.elementsEqual(ours) }
            }
    }

    /// Calls the body with arrays whose pointers are valid there.
    func withPointers<R>(
        _ body: (
            _ count: CInt, _ types: [UInt32], _ values: [UnsafePointer<CChar>?], _ lengths: [CInt], _ formats: [CInt]
        ) -> R
    ) -> R {
        buffer.withUnsafeBytes { bytes in
            let base = bytes.baseAddress
            let values: [UnsafePointer<CChar>?] = offsets.map { offset in
                offset < 0 ? nil : base.map { ($0 + offset).assumingMemoryBound(to: CChar.self) }
            }
            return body(CInt(types.count), types, values, lengths, formats)
        }
    }
}
