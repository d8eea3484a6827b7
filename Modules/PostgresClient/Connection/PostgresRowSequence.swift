/// The rows of a running statement, to be read once: see ``PostgresConnection/stream(_:)``.
public struct PostgresRowSequence: AsyncSequence, Sendable {
    /// A row.
    public typealias Element = PostgresRow

    let lease: StreamLease

    /// Reads the rows.
    public struct AsyncIterator: AsyncIteratorProtocol {
        /// The iterator's own: when the loop is left, the statement ends although the sequence is still there.
        private let lease: StreamLease
        private let sequence: StreamLease
        private var rows: [PostgresRow] = []
        private var next = 0

        fileprivate init(_ sequence: StreamLease) {
            self.sequence = sequence
            lease = StreamLease(connection: sequence.connection, id: sequence.id)
        }

        /// The next row; waits for it if need be.
        ///
        /// - Returns: Nil after the last row.
        /// - Throws: ``PostgresError``.
        public mutating func next() async throws -> PostgresRow? {
            if next == rows.count {
                rows = try await lease.connection.nextRows(lease.id)
                next = 0
            }
            guard next < rows.count else {
                return nil
            }
            defer { next += 1 }
            return rows[next]
        }
    }

    /// The iterator. The statement ends when it goes, so there is one for a sequence.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(lease) }
}
