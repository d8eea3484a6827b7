/// The data of a COPY TO STDOUT, to be read once: see ``PostgresConnection/copyOut(_:)``.
public struct PostgresCopySequence: AsyncSequence, Sendable {
    /// A chunk of bytes; chunks hold whole rows.
    public typealias Element = [UInt8]

    let lease: StreamLease

    /// Reads the chunks.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private let lease: StreamLease
        private let sequence: StreamLease

        fileprivate init(_ sequence: StreamLease) {
            self.sequence = sequence
            lease = StreamLease(connection: sequence.connection, id: sequence.id)
        }

        /// The next chunk; waits for it if need be.
        ///
        /// - Returns: Nil after the last chunk.
        /// - Throws: ``PostgresError``.
        public mutating func next() async throws -> [UInt8]? {
            try await lease.connection.nextCopyData(lease.id)
        }
    }

    /// The iterator. The COPY ends when it goes, so there is one for a sequence.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(lease) }
}
