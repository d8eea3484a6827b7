public import DomainModel
public import PostgresClient

/// Reads and writes submissions and their conflicts.
///
/// A value of it lives as long as one use of a connection; the caller decides on the transaction.
public struct BatchStore {
    let connection: PostgresConnection

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
}

/// How batches are read.
extension BatchStore {
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
