public import DomainModel
import PostgresClient

/// How a batch ends, and the instants of those that are committed.
extension BatchStore {
    /// Records that a batch's values are in, at an instant that follows every one before it.
    ///
    /// Call it last in the transaction: from here to the commit, other batches wait for their instant.
    ///
    /// - Parameters:
    ///   - id: Number of the batch.
    ///   - receipt: What came of it.
    ///   - digest: The receipt's digest.
    ///   - regions: Row numbers of the regions that its values lie in; `nil` when they lie in none.
    /// - Returns: The instant.
    /// - Throws: `PostgresError`; ``StorageError`` when there is no such batch.
    public func commit(
        _ id: Int64,
        receipt: Receipt,
        digest: String,
        regions: [Int32]? = nil
    ) async throws -> Instant {
        let row = try await connection.queryOne(
            """
            /* collection.batch.commit */ WITH clock AS (
                UPDATE collection.vintage_clock
                SET newest = greatest(clock_timestamp(), newest + interval '1 microsecond')
                RETURNING newest
            )
            UPDATE collection.batch SET state = 'committed', recorded_at = clock.newest,
                rows_read = \(receipt.rows), receipt = \(try CanonicalJSON.text(receipt))::jsonb,
                receipt_digest = \(digest), region_ids = \(regions)::integer[]
            FROM clock WHERE id = \(id)
            RETURNING recorded_at
            """
        )
        guard let row else { throw StorageError.missing("batch \(id)") }
        return Instant(try row.decode(PostgresTimestamp.self))
    }

    /// Records that a batch's file was refused, and why. The same bytes may be submitted again.
    ///
    /// - Parameters:
    ///   - id: Number of the batch.
    ///   - receipt: What came of it.
    ///   - digest: The receipt's digest.
    ///   - reason: Why, when it is not for the conflicts.
    /// - Throws: `PostgresError`, or ``StorageError`` when the database holds what this program does not know.
    public func refuse(_ id: Int64, receipt: Receipt, digest: String, reason: String? = nil) async throws {
        _ = try await connection.execute(
            """
            /* collection.batch.refuse */ UPDATE collection.batch SET state = 'refused', answers_again = false,
                rows_read = \(receipt.rows), receipt = \(try CanonicalJSON.text(receipt))::jsonb,
                receipt_digest = \(digest), failure = \(reason)
            WHERE id = \(id)
            """
        )
    }

    /// Records that a batch could not be loaded through no fault of its file. The same bytes may be submitted again.
    public func fail(_ id: Int64, reason: String) async throws {
        _ = try await connection.execute(
            """
            /* collection.batch.fail */ UPDATE collection.batch SET state = 'failed', answers_again = false,
                failure = \(reason)
            WHERE id = \(id) AND state IN ('received', 'loading')
            """
        )
    }

    /// Takes up a batch again that could not be loaded.
    ///
    /// - Throws: `PostgresError`: a unique violation when the same bytes were submitted again since.
    public func reopen(_ id: Int64) async throws {
        _ = try await connection.execute(
            """
            /* collection.batch.reopen */ UPDATE collection.batch SET state = 'received', answers_again = true,
                failure = NULL, rows_read = 0
            WHERE id = \(id) AND state = 'failed'
            """
        )
    }

    /// The newest instant at which anything was recorded, once every writer that holds an earlier one has ended.
    ///
    /// A question asked as of this instant or an earlier one has the same answer for ever.
    public func newestInstant() async throws -> Instant {
        let row = try await connection.queryOne(
            "/* collection.clock.newest */ SELECT newest FROM collection.vintage_clock FOR SHARE"
        )
        guard let row else { throw StorageError.missing("the vintage clock") }
        return Instant(try row.decode(PostgresTimestamp.self))
    }
}
