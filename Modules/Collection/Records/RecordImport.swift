public import DomainModel
import PostgresClient
public import ServiceKit
import Storage
public import Tabular

/// Imports files of reference records: all of a file or nothing of it.
///
/// Only what differs from what is stored is written. The same bytes again have no effect and get the batch of the
/// first time for an answer; bytes that were refused may come again, since what they refer to may be there by then.
public struct RecordImport<Record: Sendable>: Sendable {
    private let schema: RecordSchema<Record>
    private let platform: Platform
    private let spool: Spool

    /// Imports records of a kind.
    public init(_ schema: RecordSchema<Record>, platform: Platform, spool: Spool) {
        self.schema = schema
        self.platform = platform
        self.spool = spool
    }

    /// A file that has arrived.
    public struct Submission: Sendable {
        /// The file; the import keeps or discards it.
        public let file: SpooledFile
        /// The name that the sender gave it.
        public let fileName: String
        /// Its media type.
        public let mediaType: String
        /// Syntax and encoding, by the media type.
        public let format: TabularFormat
        /// Who sent it: the name of the principal.
        public let submitter: String

        /// Makes a submission of its parts.
        public init(file: SpooledFile, fileName: String, mediaType: String, format: TabularFormat, submitter: String) {
            self.file = file
            self.fileName = fileName
            self.mediaType = mediaType
            self.format = format
            self.submitter = submitter
        }
    }

    /// Carries the result of a rehearsal out of the transaction that it undoes.
    private struct Rehearsed: Error {
        let batch: Batch
    }

    /// Imports a file, or tries to.
    ///
    /// - Parameters:
    ///   - submission: The file and what is known of it.
    ///   - activity: In whose name, and on what occasion.
    ///   - rehearses: Whether to undo everything at the end: no batch, no record, no file stays.
    /// - Returns: The batch in its final state: committed, refused, or rehearsed with number 0. A rehearsal carries
    ///   all conflicts, since they can be read nowhere else.
    /// - Throws: ``SpoolError``, `PostgresError`; then nothing was written.
    public func run(_ submission: Submission, as activity: Activity, rehearses: Bool) async throws -> Batch {
        var isKept = false
        defer {
            if !isKept { spool.discard(submission.file) }
        }
        let known = try await platform.read(activity.principal) { connection in
            try await BatchStore(connection)
                .answering(dataset: schema.dataset, sha256: submission.file.sha256, mode: .atomic)
        }
        if let known { return known }
        let file = try RecordFile(path: submission.file.path, format: submission.format, schema: schema)
        if !rehearses {
            // Before the commit: a batch that is there always has its file.
            try await spool.keep(submission.file)
            isKept = true
        }
        do {
            return try await platform.write(activity) { work in
                let batch = try await load(file, submission, rehearses, work)
                if rehearses, batch.state == .rehearsed { throw Rehearsed(batch: batch) }
                _ = try await work.answer(.json(batch))
                return batch
            }
        } catch let rehearsed as Rehearsed {
            return rehearsed.batch
        }
    }

    private func load(
        _ file: RecordFile<Record>,
        _ submission: Submission,
        _ rehearses: Bool,
        _ work: UnitOfWork
    ) async throws -> Batch {
        let connection = work.connection
        let batches = BatchStore(connection)
        let (dataset, sha256) = (schema.dataset, submission.file.sha256)
        let created = try await batches.create(
            BatchStore.Submission(
                dataset: dataset,
                fileName: submission.fileName,
                sha256: sha256,
                bytes: submission.file.bytes,
                mediaType: submission.mediaType,
                mode: .atomic,
                submitter: submission.submitter,
                expectedReceipt: nil
            )
        )
        guard let id = created else {
            // Somebody sent the same bytes at the same time and was first.
            guard let known = try await batches.answering(dataset: dataset, sha256: sha256, mode: .atomic) else {
                throw StorageError.missing("the batch of the same file")
            }
            work.changesNothing()
            return known
        }
        let settlement = try await schema.settle(file.contents, connection)
        let conflicts = Self.inFileOrder(file.conflicts + settlement.conflicts)
        var builder = ReceiptBuilder()
        builder.rows = file.rows
        let lines = try conflicts.map { try builder.add($0) }
        let receipt: Receipt
        if builder.errors > 0 {
            receipt = builder.refused(dataset: dataset, sha256: sha256, mode: .atomic)
        } else {
            let records = settlement.records.map { Located($0.record, line: $0.place.line, row: $0.place.row) }
            let before = try await work.states(of: schema.kind, keys: records.compactMap { schema.key($0.record) })
            let counts = try await schema.merge(records, id, connection)
            builder.created = counts.created
            builder.revised = counts.revised
            builder.duplicates = file.duplicates
            builder.unchanged = file.rows - file.duplicates - counts.created - counts.revised
            receipt = builder.accepted(dataset: dataset, sha256: sha256, mode: .atomic)
            if !rehearses { try await work.record(changesOf: before, by: id) }
        }
        let digest = try ReceiptBuilder.digest(of: receipt)
        if rehearses {
            guard let batch = try await batches.find(id) else { throw StorageError.missing("batch \(id)") }
            return batch.rehearsed(receipt, digest, conflicts)
        }
        try await batches.add(conflicts: lines, to: id, from: 1)
        if receipt.outcome == .refused {
            try await batches.refuse(id, receipt: receipt, digest: digest)
            try await work.record("refuse", .batch, id, details: receipt.auditFields(digest))
        } else {
            _ = try await batches.commit(id, receipt: receipt, digest: digest)
            try await work.record("commit", .batch, id, details: receipt.auditFields(digest))
        }
        let isRefused = receipt.outcome == .refused
        try await work.publish(batch: id, receipt, digest: digest, isRefused: isRefused)
        if !isRefused, receipt.created + receipt.revised > 0 {
            let change = ReferenceEvent(batch: id, created: Int64(receipt.created), revised: Int64(receipt.revised))
            try await work.publish("ceyuan.reference.changed", subject: dataset, change)
        }
        guard let batch = try await batches.find(id) else { throw StorageError.missing("batch \(id)") }
        return batch
    }

    /// Conflicts of the whole file first, then by line and column.
    private static func inFileOrder(_ conflicts: [Conflict]) -> [Conflict] {
        func place(_ conflict: Conflict) -> (Int, Int, String) {
            (conflict.line ?? 0, conflict.column?.count ?? 0, conflict.column ?? "")
        }
        return conflicts.enumerated().sorted { left, right in
            let (a, b) = (place(left.element), place(right.element))
            return a == b ? left.offset < right.offset : a < b
        }.map(\.element)
    }
}

/// What subscribers are told of reference records that have changed. See docs/events.md.
private struct ReferenceEvent: Codable, Sendable {
    let batch: Int64
    let created: Int64
    let revised: Int64
}

extension Batch {
    /// The batch of a rehearsal, which has no number.
    fileprivate func rehearsed(_ receipt: Receipt, _ digest: String, _ conflicts: [Conflict]) -> Batch {
        Batch(
            id: 0,
            dataset: dataset,
            fileName: fileName,
            sha256: sha256,
            bytes: bytes,
            mediaType: mediaType,
            mode: mode,
            submitter: submitter,
            state: .rehearsed,
            receivedAt: receivedAt,
            recordedAt: nil,
            rowsRead: receipt.rows,
            receipt: receipt,
            receiptDigest: digest,
            conflicts: conflicts,
            failure: nil
        )
    }
}
