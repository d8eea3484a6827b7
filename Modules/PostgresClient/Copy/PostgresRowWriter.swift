/// Takes the typed rows of a binary COPY: see ``PostgresConnection/copyRows(into:columns:_:)``. Valid inside its
/// closure only.
public struct PostgresRowWriter {
    /// The size at which rows are sent.
    private static let pieceSize = 64 << 10
    /// The server takes messages, and so fields, below 1 GiB.
    private static let largestRow = 1 << 30

    private let target: CopyTarget
    private let raw: PostgresCopyWriter
    private var buffer = PostgresBinaryBuffer(minimumCapacity: 2 * pieceSize)

    init(_ target: CopyTarget, _ raw: PostgresCopyWriter) {
        self.target = target
        self.raw = raw
        buffer.startCopy()
    }

    /// Adds a row: a value for each column, in order; optionals may be `nil` for NULL.
    ///
    /// Rows are sent 64 KB at a time; then this waits until the operating system has taken them.
    ///
    /// - Throws: ``PostgresError``: `encoding` when a value is not of its column's type (naming the column), or their
    ///   number differs, in which case nothing of the row is sent; else let it pass out of the closure.
    public mutating func write<each T: PostgresEncodable>(_ value: repeat each T) async throws {
        let start = buffer.count
        do {
            try encode(repeat each value)
        } catch {
            buffer.truncate(to: start)
            throw error
        }
        if buffer.count >= Self.pieceSize {
            try await flush()
        }
    }

    private mutating func encode<each T: PostgresEncodable>(_ value: repeat each T) throws {
        let start = buffer.count
        buffer.startRow(columns: Int16(target.columns.count))
        var index = 0
        for value in repeat each value {
            try target.check(type(of: value), at: index)
            buffer.append(value)
            index += 1
        }
        guard index == target.columns.count else {
            throw target.wrongCount(more: false)
        }
        guard buffer.count - start < Self.largestRow else {
            throw PostgresError(.encoding, query: target.sql, reason: "a row is larger than 1 GiB")
        }
    }

    private mutating func flush() async throws {
        try await raw.write(buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    mutating func finish() async throws {
        buffer.endCopy()
        try await flush()
    }
}
