/// Takes the rows of a text COPY: see ``PostgresConnection/copyTexts(into:columns:_:)``. Valid inside its closure only.
public struct PostgresTextRowWriter {
    private static let pieceSize = 64 << 10

    private let target: CopyTarget
    private let raw: PostgresCopyWriter
    private var buffer = PostgresBinaryBuffer(minimumCapacity: 2 * pieceSize)

    init(_ target: CopyTarget, _ raw: PostgresCopyWriter) {
        self.target = target
        self.raw = raw
    }

    /// Adds a row: a text for each column, as the server would read it; `nil` is NULL.
    ///
    /// - Throws: ``PostgresError``: `encoding` when their number differs; else let it pass out of the closure.
    public mutating func write(_ texts: [String?]) async throws {
        guard texts.count == target.columns.count else {
            throw target.wrongCount(more: texts.count > target.columns.count)
        }
        for (index, text) in texts.enumerated() {
            if index > 0 {
                buffer.write(integer: UInt8(ascii: "\t"))
            }
            CopyText.write(text, into: &buffer)
        }
        buffer.write(integer: UInt8(ascii: "\n"))
        if buffer.count >= Self.pieceSize {
            try await flush()
        }
    }

    mutating func flush() async throws {
        try await raw.write(buffer)
        buffer.removeAll(keepingCapacity: true)
    }
}
