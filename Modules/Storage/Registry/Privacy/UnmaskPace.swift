public import DomainModel
public import PostgresClient

/// Bounds how many records an identity may read in the clear, over all hosts: a bucket for each, as one instant.
///
/// Source: the generic cell rate algorithm of ITU-T I.371, where the theoretical arrival time is when the bucket is
/// full again.
public struct UnmaskPace {
    private let connection: PostgresConnection

    /// Uses a connection of a transaction: when it rolls back, nothing was read.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Takes records out of an identity's bucket; a second transaction of the same identity waits.
    ///
    /// - Parameters:
    ///   - principal: Who reads.
    ///   - now: When.
    ///   - perMinute: How many records a minute, and how many at once.
    /// - Returns: How long to wait until one more may be read; zero when this one may. Then roll back.
    /// - Throws: `PostgresError`.
    public func take(_ principal: String, at now: Instant, perMinute: Int) async throws -> Duration {
        let step = Int64(60_000_000 / max(1, perMinute))
        let row = try await connection.queryOne(
            """
            /* registry.pace.take */ INSERT INTO registry.unmask_pace AS pace (principal, full_at)
            VALUES (\(principal), \(PostgresTimestamp(now))::timestamptz + \(step) * interval '1 microsecond')
            ON CONFLICT (principal) DO UPDATE SET full_at =
                greatest(pace.full_at, \(PostgresTimestamp(now))::timestamptz) + \(step) * interval '1 microsecond'
            RETURNING full_at
            """
        )
        guard let row else { throw StorageError.missing("the pace of \(principal)") }
        let fullAt = Instant(try row.decode(PostgresTimestamp.self)).microsecondsSince1970
        return .microseconds(max(0, fullAt - now.microsecondsSince1970 - step * Int64(max(1, perMinute))))
    }
}
