public import DomainModel
import PostgresClient

/// What work that went on during an erasure may have left behind.
extension FileErasureStore {
    /// The instant of the database's clock.
    public func clock() async throws -> Instant {
        let row = try await connection.queryOne("/* registry.sweep.clock */ SELECT clock_timestamp()")
        guard let row else { throw StorageError.missing("the clock") }
        return Instant(try row.decode(PostgresTimestamp.self))
    }

    /// Whether a transaction of this role goes on that began before an instant, and so may have read what is erased.
    public func isWorkGoingOn(from before: Instant) async throws -> Bool {
        try await connection.queryOne(
            """
            /* registry.sweep.others */ SELECT FROM pg_stat_activity
            WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
                AND xact_start < \(PostgresTimestamp(before)) LIMIT 1
            """
        ) != nil
    }

    /// Removes what such work has made of values that it read before: names to be found by and compared by, and facts.
    ///
    /// - Throws: `PostgresError`.
    public func removeLeftovers(of records: [Int64]) async throws {
        try await connection.execute(
            "/* registry.sweep.names */ DELETE FROM registry.search_entry WHERE record_id = ANY (\(records)::bigint[])"
        )
        try await connection.query(
            "/* registry.sweep.pastNames */ SELECT registry.forget_past_names(\(records)::bigint[])"
        )
        try await connection.execute(
            """
            /* registry.sweep.linkage */ DELETE FROM registry.linkage_profile WHERE record_id = ANY (\(records)::bigint[])
            """
        )
        try await connection.execute(
            """
            /* registry.sweep.pairs */ DELETE FROM registry.duplicate_candidate
            WHERE one_id = ANY (\(records)::bigint[]) OR other_id = ANY (\(records)::bigint[])
            """
        )
        try await connection.execute(
            "/* registry.sweep.facts */ DELETE FROM registry.derived_fact WHERE record_id = ANY (\(records)::bigint[])"
        )
    }
}
