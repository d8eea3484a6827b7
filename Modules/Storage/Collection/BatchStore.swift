public import DomainModel
public import PostgresClient

/// Reads and writes submissions and their conflicts.
///
/// A value of it lives as long as one use of a connection; the caller decides on the transaction.
public struct BatchStore {
    private let connection: PostgresConnection

    /// Uses a connection.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// What is known of a submission when its file has arrived.
    public struct Submission: Sendable {
        /// The dataset, or `reference.` and the kind of record.
        public let dataset: String
        /// The name that the sender gave the file.
        public let fileName: String
        /// SHA-256 of the file's bytes, hexadecimal.
        public let sha256: String
        /// Size of the file in bytes.
        public let bytes: Int64
        /// Media type of the file.
        public let mediaType: String
        /// All rows or good rows.
        public let mode: Batch.Mode
        /// Who sent it, as they called themselves.
        public let submitter: String
        /// The receipt digest without which the batch must not be committed.
        public let expectedReceipt: String?

        /// Makes a submission of its parts.
        public init(
            dataset: String,
            fileName: String,
            sha256: String,
            bytes: Int64,
            mediaType: String,
            mode: Batch.Mode,
            submitter: String,
            expectedReceipt: String?
        ) {
            self.dataset = dataset
            self.fileName = fileName
            self.sha256 = sha256
            self.bytes = bytes
            self.mediaType = mediaType
            self.mode = mode
            self.submitter = submitter
            self.expectedReceipt = expectedReceipt
        }
    }

    /// Records that a file has arrived.
    ///
    /// - Parameters:
    ///   - submission: What is known of it.
    ///   - reevaluate: Whether an earlier batch of the same bytes stops answering for them.
    /// - Returns: The new batch's number, or `nil` when an earlier batch of the same bytes is the answer.
    /// - Throws: `PostgresError`, or ``StorageError`` when the database holds what this program does not know.
    public func create(_ submission: Submission, reevaluate: Bool = false) async throws -> Int64? {
        if reevaluate {
            _ = try await connection.execute(
                """
                /* collection.batch.retire */ UPDATE collection.batch SET answers_again = false
                WHERE dataset = \(submission.dataset) AND sha256 = \(submission.sha256)
                    AND mode = \(submission.mode.rawValue) AND answers_again AND state = 'committed'
                """
            )
        }
        let row = try await connection.queryOne(
            """
            /* collection.batch.create */ INSERT INTO collection.batch
                (dataset, file_name, sha256, bytes, media_type, mode, submitter, expected_receipt, state)
            VALUES (\(submission.dataset), \(submission.fileName), \(submission.sha256), \(submission.bytes),
                \(submission.mediaType), \(submission.mode.rawValue), \(submission.submitter),
                \(submission.expectedReceipt), 'received')
            ON CONFLICT (dataset, sha256, mode) WHERE answers_again DO NOTHING
            RETURNING id
            """
        )
        return try row?.decode(Int64.self)
    }

    /// The batch that answers for bytes that were submitted before.
    public func answering(dataset: String, sha256: String, mode: Batch.Mode) async throws -> Batch? {
        let row = try await connection.queryOne(
            """
            /* collection.batch.answering */ SELECT \(unescaped: Self.columns) FROM collection.batch
            WHERE dataset = \(dataset) AND sha256 = \(sha256) AND mode = \(mode.rawValue) AND answers_again
            """
        )
        return try await withConflicts(row)
    }

    /// A batch by its number, with its first conflicts.
    public func find(_ id: Int64) async throws -> Batch? {
        let row = try await connection.queryOne(
            """
            /* collection.batch.byID */ SELECT \(unescaped: Self.columns) FROM collection.batch WHERE id = \(id)
            """
        )
        return try await withConflicts(row)
    }

    /// Batches, newest first, without their conflicts.
    ///
    /// - Parameters:
    ///   - dataset: Only those of a dataset.
    ///   - state: Only those in a state.
    ///   - submitter: Only those of a principal.
    ///   - question: Which page, and in which order.
    /// - Returns: A page whose cursor is the number of its last item.
    /// - Throws: `PostgresError`; ``StorageError`` when the database holds what this program does not know.
    public func list(
        dataset: String?,
        state: Batch.State?,
        submitter: String? = nil,
        _ question: ListQuestion
    ) async throws -> Page<Batch> {
        var conditions = ListConditions()
        conditions.equal("dataset", dataset)
        conditions.equal("state", state?.rawValue)
        conditions.equal("submitter", submitter)
        return try await Self.listing.page(
            question,
            where: conditions,
            on: connection,
            cursor: { String($0.id) },
            read: { try Self.batch($0, conflicts: []) }
        )
    }

    /// The names that the list may be sorted by.
    public static var sortable: [String] { listing.sortable }

    private static let listing = Listing(
        marker: "collection.batch.list",
        columns: columns,
        tables: "collection.batch",
        key: [Listing.Key(column: "id", type: "bigint")],
        isDescending: true,
        orders: [
            "id": "id"
        ]
    )

    /// What a batch's worker must know beyond the batch itself: the receipt without which it must not commit.
    public func expectedReceipt(_ id: Int64) async throws -> String? {
        let row = try await connection.queryOne(
            "/* collection.batch.expectedReceipt */ SELECT expected_receipt FROM collection.batch WHERE id = \(id)"
        )
        guard let row else { return nil }
        return try row.decode(String?.self)
    }

    /// Records that the worker has read so many rows.
    public func progress(_ id: Int64, rowsRead: Int64) async throws {
        _ = try await connection.execute(
            """
            /* collection.batch.progress */ UPDATE collection.batch SET state = 'loading', rows_read = \(rowsRead)
            WHERE id = \(id) AND state IN ('received', 'loading')
            """
        )
    }

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

extension BatchStore {
    /// How many conflicts a batch carries in itself; the rest are read page by page.
    public static let embeddedConflicts = 20

    /// Conflicts of a batch in the order of the file.
    ///
    /// - Parameters:
    ///   - batch: The batch.
    ///   - after: Only those after this ordinal; 0 is the start.
    ///   - limit: At most so many.
    /// - Returns: Ordinals from 1 on, and the conflicts.
    /// - Throws: `PostgresError`, or ``StorageError`` when the database holds what this program does not know.
    public func conflicts(of batch: Int64, after: Int64, limit: Int) async throws -> [(ordinal: Int64, Conflict)] {
        try await connection.query(
            """
            /* collection.conflict.list */ SELECT ordinal, content::text FROM collection.conflict
            WHERE batch_id = \(batch) AND ordinal > \(after) ORDER BY ordinal LIMIT \(limit)
            """
        ).map { row in
            let (ordinal, content) = try row.decode((Int64, String).self)
            return (ordinal, try CanonicalJSON.decode(Conflict.self, from: content))
        }
    }

    /// How many conflicts a batch has.
    public func conflictCount(of batch: Int64) async throws -> Int64 {
        try await connection.queryOne(
            "/* collection.conflict.count */ SELECT count(*) FROM collection.conflict WHERE batch_id = \(batch)"
        )?.decode(Int64.self) ?? 0
    }

    /// Adds conflicts to a batch.
    ///
    /// - Parameters:
    ///   - lines: Canonical JSON of each conflict, in the order of the file.
    ///   - batch: The batch.
    ///   - first: The ordinal of the first; 1 for the first of the batch.
    /// - Throws: `PostgresError`, or ``StorageError`` when the database holds what this program does not know.
    public func add(conflicts lines: [String], to batch: Int64, from first: Int64) async throws {
        _ = try await connection.execute(
            """
            /* collection.conflict.add */ INSERT INTO collection.conflict (batch_id, ordinal, content)
            SELECT \(batch), \(first) - 1 + position, line::jsonb
            FROM unnest(\(lines)::text[]) WITH ORDINALITY AS added (line, position)
            """
        )
    }

    private static let columns = """
        id, dataset, file_name, sha256, bytes, media_type, mode, submitter, state, received_at, recorded_at, rows_read,
        receipt::text, receipt_digest, failure
        """

    private func withConflicts(_ row: PostgresRow?) async throws -> Batch? {
        guard let row else { return nil }
        let batch = try Self.batch(row, conflicts: [])
        guard let receipt = batch.receipt, !receipt.conflicts.isEmpty else { return batch }
        return try Self.batch(
            row,
            conflicts: await conflicts(of: batch.id, after: 0, limit: Self.embeddedConflicts).map(\.1)
        )
    }

    private static func batch(_ row: PostgresRow, conflicts: [Conflict]) throws -> Batch {
        let (
            id, dataset, fileName, sha256, bytes, mediaType, mode, submitter, state, receivedAt, recordedAt, rowsRead,
            receipt, digest, failure
        ) = try row.decode(
            (
                Int64, String, String, String, Int64, String, String, String, String, PostgresTimestamp,
                PostgresTimestamp?, Int64, String?, String?, String?
            ).self
        )
        return Batch(
            id: id,
            dataset: dataset,
            fileName: fileName,
            sha256: sha256,
            bytes: bytes,
            mediaType: mediaType,
            mode: try stored(Batch.Mode.self, mode),
            submitter: submitter,
            state: try stored(Batch.State.self, state),
            receivedAt: Instant(receivedAt),
            recordedAt: recordedAt.map { Instant($0) },
            rowsRead: rowsRead,
            receipt: try receipt.map { try CanonicalJSON.decode(Receipt.self, from: $0) },
            receiptDigest: digest,
            conflicts: conflicts,
            failure: failure
        )
    }
}
