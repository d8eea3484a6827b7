/// Cuts the chunks of a binary COPY TO STDOUT into rows.
///
/// Source: PostgreSQL documentation, "COPY", section "Binary Format".
struct CopyRowParser: Sendable {
    private static let signature: [UInt8] = [
        0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00,
    ]

    private let template: ResultStorage
    private var isInRows = false
    private var sawEnd = false
    /// What has come of a row, or of the header, that is not whole yet.
    private var rest: [UInt8] = []

    init(template: ResultStorage) {
        self.template = template
    }

    /// The whole rows of a chunk and of what was left of the chunks before.
    ///
    /// - Throws: ``PostgresError`` with code `decoding` when the bytes are no binary COPY of the template's columns.
    mutating func rows(of chunk: [UInt8]) throws -> [PostgresRow] {
        let bytes = rest.isEmpty ? chunk : rest + chunk
        var builder = try RowBuilder(like: template)
        let used = try bytes.withUnsafeBytes { bytes in
            var used = 0
            if !isInRows {
                guard let header = try headerSize(bytes) else {
                    return 0
                }
                isInRows = true
                used = header
            }
            while used < bytes.count,
                let size = try appendRow(UnsafeRawBufferPointer(rebasing: bytes[used...]), to: &builder)
            {
                used += size
            }
            return used
        }
        rest = used == bytes.count ? [] : Array(bytes[used...])
        return builder.finish()
    }

    /// Makes sure that the end came.
    ///
    /// - Throws: ``PostgresError`` with code `decoding` when bytes are left or missing.
    func finish() throws {
        guard sawEnd, rest.isEmpty else {
            throw malformed("it ends in the middle")
        }
    }

    /// The bytes of the header; nil when it is not whole yet.
    private func headerSize(_ bytes: UnsafeRawBufferPointer) throws -> Int? {
        guard bytes.count >= Self.signature.count + 8 else {
            return nil
        }
        guard bytes.starts(with: Self.signature) else {
            throw malformed("no signature; it needs FORMAT binary")
        }
        var reader = WireReader(UnsafeRawBufferPointer(rebasing: bytes[Self.signature.count...]))
        guard let flags: UInt32 = reader.integer(), let length: Int32 = reader.integer(), flags >> 16 == 0, length >= 0
        else {
            throw malformed("unknown flags in its header")
        }
        let size = Self.signature.count + 8 + Int(length)
        return size <= bytes.count ? size : nil
    }

    /// Appends the first row of the bytes.
    ///
    /// - Returns: Its size; nil when it is not whole yet.
    private mutating func appendRow(_ bytes: UnsafeRawBufferPointer, to builder: inout RowBuilder) throws -> Int? {
        var reader = WireReader(bytes)
        guard let count: Int16 = reader.integer() else {
            return nil
        }
        guard !sawEnd else {
            throw malformed("bytes follow its end")
        }
        if count == -1 {
            sawEnd = true
            return 2
        }
        guard Int(count) == template.columnCount else {
            throw malformed("\(count) columns in a row, expected \(template.columnCount)")
        }
        guard let size = try rowSize(bytes) else {
            return nil
        }
        builder.startRow()
        for column in 0..<Int(count) {
            if case .value(let value) = reader.part() {
                try builder.set(column, to: value)
            } else {
                try builder.set(column, to: nil)
            }
        }
        return size
    }

    /// The size of the first row, whose count of columns is known to be right; nil when it is not whole yet.
    private func rowSize(_ bytes: UnsafeRawBufferPointer) throws -> Int? {
        var offset = 2
        for _ in 0..<template.columnCount {
            guard bytes.count >= offset + 4 else {
                return nil
            }
            let length = Int(Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self)))
            guard length >= -1 else {
                throw malformed("a value of negative length")
            }
            offset += 4 + max(0, length)
        }
        return offset <= bytes.count ? offset : nil
    }

    private func malformed(_ reason: String) -> PostgresError {
        PostgresError(.decoding, query: template.query, reason: "malformed COPY: \(reason)")
    }
}
