public import DomainModel
import HTTPTypes
import PostgresClient
public import ServiceKit
import Storage
import Tabular

/// Takes submitted files: keeps them and queues their load, or rehearses it.
public struct BatchDesk: Sendable {
    /// Where files are kept.
    public let spool: Spool
    /// The largest file that is taken, in bytes.
    public let maximumBytes: Int
    private let platform: Platform
    private let kind: String
    private let rehearsals: Gate
    private let make: LoadOrder.Maker

    /// Takes the files of a plugin.
    ///
    /// - Parameters:
    ///   - kind: The kind of job that loads them; see ``BatchWorker``.
    ///   - platform: What it works on.
    ///   - spool: Where files are kept.
    ///   - maximumBytes: The largest file that is taken.
    ///   - rehearsals: How many rehearsals run at once.
    ///   - make: Makes the load of a file.
    public init(
        _ kind: String,
        in platform: Platform,
        spool: Spool,
        maximumBytes: Int,
        rehearsals: Int,
        make: @escaping LoadOrder.Maker
    ) {
        self.kind = kind
        self.platform = platform
        self.spool = spool
        self.maximumBytes = maximumBytes
        self.rehearsals = Gate(permits: rehearsals)
        self.make = make
    }

    /// What a sender says beside the bytes.
    public struct Order: Sendable {
        /// The dataset that the file is for.
        public let dataset: String
        /// The name that the sender gives the file.
        public let fileName: String
        /// Its media type.
        public let mediaType: String
        /// All rows or good rows.
        public let mode: Batch.Mode
        /// Whether nothing is to be written.
        public let isRehearsal: Bool
        /// The receipt without which nothing is to be loaded.
        public let expectedReceipt: String?
        /// Whether bytes are judged anew that were loaded before.
        public let reevaluates: Bool

        /// Makes an order of its parts.
        public init(
            dataset: String,
            fileName: String,
            mediaType: String,
            mode: Batch.Mode,
            isRehearsal: Bool,
            expectedReceipt: String?,
            reevaluates: Bool
        ) {
            self.dataset = dataset
            // A name is kept for people; what it says of folders on the sender's machine is not.
            self.fileName = String(fileName.split { $0 == "/" || $0 == "\\" }.last ?? "data")
            self.mediaType = mediaType
            self.mode = mode
            self.isRehearsal = isRehearsal
            self.expectedReceipt = expectedReceipt
            self.reevaluates = reevaluates
        }
    }

    /// Takes a file, in whose name and on what occasion the activity says.
    ///
    /// - Returns: The batch: 202 when it is new and its load goes on.
    /// - Throws: `Problem`: a media type or charset that cannot be read, a file over the limit, a file that somebody
    ///   else has submitted.
    public func take(_ order: Order, body: BodyStream, as activity: Activity) async throws -> APIResponse {
        let format: TabularFormat
        do throws(TabularFormat.Unsupported) {
            format = try TabularFormat(contentType: order.mediaType)
        } catch {
            throw Problem.unreadable(error)
        }
        let file = try await spool.receive(body, limit: Int64(maximumBytes))
        let submission = BatchStore.Submission(
            dataset: order.dataset,
            fileName: order.fileName,
            sha256: file.sha256,
            bytes: file.bytes,
            mediaType: order.mediaType,
            mode: order.mode,
            submitter: activity.principal.id,
            expectedReceipt: order.expectedReceipt
        )
        if order.isRehearsal {
            defer { spool.discard(file) }
            return try Self.response(await rehearse(submission, file, format, activity), isNew: false)
        }
        try await spool.keep(file)
        return try await queue(submission, activity, reevaluates: order.reevaluates)
    }

    private static func response(_ batch: Batch, isNew: Bool) throws -> APIResponse {
        let place: HTTPFields = batch.id == 0 ? [:] : [.location: "/v1/batches/\(batch.id)"]
        return try .json(batch, status: isNew ? .accepted : .ok, headers: place)
    }

    private func queue(
        _ submission: BatchStore.Submission,
        _ activity: Activity,
        reevaluates: Bool
    ) async throws -> APIResponse {
        let response = try await platform.write(activity) { work in
            let store = BatchStore(work.connection)
            guard let id = try await store.create(submission, reevaluate: reevaluates) else {
                guard
                    let known = try await store.answering(
                        dataset: submission.dataset,
                        sha256: submission.sha256,
                        mode: submission.mode
                    )
                else { throw Problem.knownElsewhere(submission.dataset) }
                work.changesNothing()
                return try await work.answer(Self.response(known, isNew: false))
            }
            work.record(
                AuditEntry(
                    "batch.receive",
                    of: "\(id)",
                    details: [
                        "dataset": .text(submission.dataset), "sha256": .text(submission.sha256),
                        "bytes": .count(submission.bytes), "mode": .text(submission.mode.rawValue),
                    ]
                )
            )
            try await platform.jobs.enqueue(kind, BatchWorker.Payload(batch: id), on: work.connection)
            guard let batch = try await store.find(id) else { throw StorageError.missing("batch \(id)") }
            return try await work.answer(Self.response(batch, isNew: true))
        }
        platform.jobs.ring()
        return response
    }

    private static let rehearsedConflicts = 1_000

    // The same load in the same kind of transaction, which is then rolled back.
    private func rehearse(
        _ submission: BatchStore.Submission,
        _ file: SpooledFile,
        _ format: TabularFormat,
        _ activity: Activity
    ) async throws -> Batch {
        let known = try await platform.read(activity.principal) { connection in
            try await BatchStore(connection).answering(
                dataset: submission.dataset,
                sha256: submission.sha256,
                mode: submission.mode
            )
        }
        if let known, known.state == .committed { return known }
        let load = try await make(
            LoadOrder(
                dataset: submission.dataset,
                path: file.path,
                sha256: file.sha256,
                bytes: file.bytes,
                format: format,
                mode: submission.mode,
                submitter: activity.principal,
                progress: { _ in }
            )
        )
        let begun = platform.clock.now
        let result = try await rehearsals.withPermit {
            var result: LoadResult?
            do {
                try await LoadTransaction.run(in: platform, as: activity) { work in
                    result = try await load.run(in: work, batch: nil)
                    throw RolledBack()
                }
            } catch is RolledBack {}
            guard let result else { throw StorageError.missing("the result of the rehearsal") }
            return result
        }
        var reader = try result.conflicts.reader()
        let conflicts = try reader.next(Self.rehearsedConflicts).map {
            try CanonicalJSON.decode(Conflict.self, from: $0.json)
        }
        return submission.rehearsed(result, conflicts, at: begun)
    }
}

extension BatchStore.Submission {
    /// The batch of a rehearsal, which has no number.
    fileprivate func rehearsed(_ result: LoadResult, _ conflicts: [Conflict], at begun: Instant) -> Batch {
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
            receivedAt: begun,
            recordedAt: nil,
            rowsRead: result.receipt.rows,
            receipt: result.receipt,
            receiptDigest: result.digest,
            conflicts: conflicts,
            failure: nil
        )
    }
}
