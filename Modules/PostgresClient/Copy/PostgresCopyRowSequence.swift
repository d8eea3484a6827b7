/// The rows of a binary COPY, to be read once: see ``PostgresConnection/copyRows(of:)``.
public struct PostgresCopyRowSequence: AsyncSequence, Sendable {
    /// A row.
    public typealias Element = PostgresRow

    let chunks: PostgresCopySequence
    let template: ResultStorage

    /// Reads the rows.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private var chunks: PostgresCopySequence.AsyncIterator
        private var parser: CopyRowParser
        private var rows: [PostgresRow] = []
        private var position = 0
        private var isOver = false

        fileprivate init(_ sequence: PostgresCopyRowSequence) {
            chunks = sequence.chunks.makeAsyncIterator()
            parser = CopyRowParser(template: sequence.template)
        }

        /// The next row; waits for it if need be.
        ///
        /// - Returns: Nil after the last row.
        /// - Throws: ``PostgresError``.
        public mutating func next() async throws -> PostgresRow? {
            while position == rows.count, !isOver {
                position = 0
                rows = []
                if let chunk = try await chunks.next() {
                    rows = try parser.rows(of: chunk)
                } else {
                    isOver = true
                    try parser.finish()
                }
            }
            guard position < rows.count else {
                return nil
            }
            defer { position += 1 }
            return rows[position]
        }
    }

    /// The iterator. The COPY ends when it goes, so there is one for a sequence.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(self) }
}

/// The rows of a text COPY, to be read once: see ``PostgresConnection/copyTexts(of:)``.
public struct PostgresCopyTextSequence: AsyncSequence, Sendable {
    /// The texts of a row's columns, in order; nil is NULL.
    public typealias Element = [String?]

    let chunks: PostgresCopySequence

    /// Reads the rows.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private var chunks: PostgresCopySequence.AsyncIterator
        private var lines: ArraySlice<UInt8> = []

        fileprivate init(_ sequence: PostgresCopyTextSequence) {
            chunks = sequence.chunks.makeAsyncIterator()
        }

        /// The next row; waits for it if need be.
        ///
        /// - Returns: Nil after the last row.
        /// - Throws: ``PostgresError``.
        public mutating func next() async throws -> [String?]? {
            while true {
                if let end = lines.firstIndex(of: UInt8(ascii: "\n")) {
                    defer { lines = lines[(end + 1)...] }
                    return CopyText.fields(of: lines[..<end])
                }
                guard let chunk = try await chunks.next() else {
                    return nil
                }
                lines = lines.isEmpty ? chunk[...] : (lines + chunk)[...]
            }
        }
    }

    /// The iterator. The COPY ends when it goes, so there is one for a sequence.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(self) }
}
