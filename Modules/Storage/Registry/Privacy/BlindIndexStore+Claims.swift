public import PersonalData
import PostgresClient

/// Keeps two writers from giving two records one number at the same time.
///
/// What a writer finds is true only until somebody else commits. No constraint could say it: records of one person may
/// stand in two regions, and be found to be one later. So whoever looks for a number claims it first, and claims end with
/// the transaction.
extension BlindIndexStore {
    /// Waits until nobody else has claimed the value, and claims it. Call it before ``find(_:kinds:limit:)``.
    ///
    /// - Throws: `PostgresError`.
    public func claim(_ entry: BlindEntry) async throws {
        _ = try await connection.query(
            """
            /* registry.blind.claim */ SELECT
                pg_advisory_xact_lock_shared(hashtextextended('registry.blind_index', 0))::text,
                pg_advisory_xact_lock(
                    hashtextextended('registry.blind_index ' || \(entry.field)::text || encode(\(entry.hash), 'hex'), 0)
                )::text
            """
        )
    }

    /// Waits until nobody else has claimed any value, and claims all: for loads, which have too many to claim each, as the
    /// last thing before their end.
    ///
    /// - Throws: `PostgresError`.
    public func claimAll() async throws {
        _ = try await connection.query(
            """
            /* registry.blind.claimAll */ SELECT
                pg_advisory_xact_lock(hashtextextended('registry.blind_index', 0))::text
            """
        )
    }
}
