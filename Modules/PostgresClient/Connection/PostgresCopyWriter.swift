/// Takes the data of a COPY: see ``PostgresConnection/copyIn(_:_:)``. Valid inside its closure only.
public struct PostgresCopyWriter: Sendable {
    let connection: PostgresConnection
    let id: UInt64

    /// Sends bytes. Rows may be cut anywhere between two writes; 64 KB a write is a good size.
    ///
    /// Returns when the operating system has taken all: what is in flight is bounded.
    ///
    /// - Throws: ``PostgresError``; let it pass out of the closure.
    public func write(_ buffer: PostgresBinaryBuffer) async throws {
        try await connection.write(copy: id, buffer)
    }

    /// Sends bytes, such as lines of CSV.
    ///
    /// - Throws: ``PostgresError``; let it pass out of the closure.
    public func write(_ bytes: [UInt8]) async throws {
        try await connection.write(copy: id, PostgresBinaryBuffer(bytes))
    }
}
