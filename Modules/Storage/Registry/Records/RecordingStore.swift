public import DomainModel
public import PostgresClient

/// Keeps who wrote what, when and why: one recording for each write of records.
public struct RecordingStore {
    private let connection: PostgresConnection

    /// Uses a connection; the caller decides on the transaction.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Begins the recording of a write; ``seal(_:)`` ends it in the same transaction.
    ///
    /// - Parameters:
    ///   - principal: In whose name.
    ///   - activity: On what occasion.
    ///   - reason: Why; empty where nothing was said.
    ///   - source: The document that it is taken from.
    ///   - batch: The submitted file that brings it.
    /// - Returns: Its number.
    /// - Throws: `PostgresError`.
    public func begin(
        principal: String,
        activity: String,
        reason: String,
        source: Source? = nil,
        batch: Int64? = nil
    ) async throws -> Int64 {
        let row = try await connection.queryOne(
            """
            /* registry.recording.begin */ INSERT INTO registry.recording (
                principal, activity, reason, source_file, source_locator, batch_id
            ) VALUES (\(principal), \(activity), \(reason), \(source?.file), \(source?.locator), \(batch))
            RETURNING id
            """
        )
        guard let row else { throw StorageError.missing("the new recording") }
        return try row.decode(Int64.self)
    }

    /// Gives a recording its instant, which follows every one before it.
    ///
    /// Call it last among the writes of records: from here to the commit, other recordings wait for their instant.
    public func seal(_ id: Int64) async throws -> Instant {
        let row = try await connection.queryOne(
            """
            /* registry.recording.seal */ WITH clock AS (
                UPDATE collection.vintage_clock
                SET newest = greatest(clock_timestamp(), newest + interval '1 microsecond')
                RETURNING newest
            )
            UPDATE registry.recording SET recorded_at = clock.newest FROM clock WHERE id = \(id) RETURNING recorded_at
            """
        )
        guard let row else { throw StorageError.missing("recording \(id)") }
        return Instant(try row.decode(PostgresTimestamp.self))
    }

    /// The instant of the newest recording or batch. Everything up to it is committed: who takes a later one holds the
    /// clock until the end.
    public func newestInstant() async throws -> Instant {
        let row = try await connection.queryOne(
            "/* registry.recording.newest */ SELECT newest FROM collection.vintage_clock"
        )
        guard let row else { throw StorageError.missing("the vintage clock") }
        return Instant(try row.decode(PostgresTimestamp.self))
    }

    /// The recording that a batch was written by; `nil` when it has brought nothing to the register.
    public func made(by batch: Int64) async throws -> Int64? {
        let row = try await connection.queryOne(
            "/* registry.recording.ofBatch */ SELECT id FROM registry.recording WHERE batch_id = \(batch)"
        )
        return try row?.decode(Int64.self)
    }

    /// When a recording was made; `nil` when there is none of the number, or it is not sealed.
    public func instant(of id: Int64) async throws -> Instant? {
        let row = try await connection.queryOne(
            "/* registry.recording.instant */ SELECT recorded_at FROM registry.recording WHERE id = \(id)"
        )
        return try row?.decode(PostgresTimestamp?.self).map { Instant($0) }
    }
}
