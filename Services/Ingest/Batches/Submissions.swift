import Collection
import DomainModel
import HTTPTypes
import NIOCore
import PostgresClient
import ServiceKit
import Storage
import SystemPackage
import Tabular

/// Takes submitted files: keeps them and queues their load, or rehearses it.
struct Submissions: Sendable {
    let platform: Platform
    let spool: Spool
    let settings: IngestSettings
    private let rehearsals: Gate

    init(platform: Platform, spool: Spool, settings: IngestSettings) {
        self.platform = platform
        self.spool = spool
        self.settings = settings
        rehearsals = Gate(permits: settings.rehearsals)
    }

    /// What a sender says beside the bytes.
    struct Order: Sendable {
        let dataset: String
        let fileName: String
        let mediaType: String
        let submitter: String
        let mode: Batch.Mode?
        let isRehearsal: Bool
        let expectedReceipt: String?
        let reevaluates: Bool
    }

    /// What became of a submission.
    struct Answer: Sendable {
        let batch: Batch
        /// Whether a new batch was made, whose load goes on.
        let isNew: Bool

        /// The same over HTTP.
        func response() throws -> APIResponse {
            let place: HTTPFields = batch.id == 0 ? [:] : [.location: "/v1/batches/\(batch.id)"]
            return try .json(batch, status: isNew ? .accepted : .ok, headers: place)
        }
    }

    /// Takes a file, in whose name and on what occasion the activity says.
    ///
    /// - Throws: ``Problem``: unknown dataset, a mode that it does not allow, a media type or charset that cannot be
    ///   read, a file over the limit.
    func take(_ order: Order, body: BodyStream, as activity: Activity) async throws -> APIResponse {
        guard
            let dataset = try await platform.read(
                activity.principal,
                { connection in
                    try await DatasetStore(connection).find(order.dataset)
                }
            )
        else { throw Problem.notFound("dataset", zh: "数据集", order.dataset) }
        let mode = order.mode ?? (dataset.allowsPartial ? .partial : .atomic)
        if mode == .partial, !dataset.allowsPartial { throw Problem.partialNotAllowed(dataset.code) }
        let format: TabularFormat
        do throws(TabularFormat.Unsupported) {
            format = try TabularFormat(contentType: order.mediaType)
        } catch {
            throw Problem.unreadable(error)
        }
        let file = try await receive(body)
        let submission = BatchStore.Submission(
            dataset: dataset.code,
            fileName: order.fileName,
            sha256: file.sha256,
            bytes: file.bytes,
            mediaType: order.mediaType,
            mode: mode,
            submitter: order.submitter,
            expectedReceipt: order.expectedReceipt
        )
        if order.isRehearsal {
            defer { spool.discard(file) }
            let batch = try await rehearse(submission, file, dataset, format, activity)
            return try Answer(batch: batch, isNew: false).response()
        }
        try await spool.keep(file)
        return try await queue(submission, activity, reevaluates: order.reevaluates)
    }

    private func receive(_ body: BodyStream) async throws -> SpooledFile {
        let writer = try spool.begin(limit: Int64(settings.maximumBytes))
        for try await chunk in body {
            try chunk.withUnsafeReadableBytes { bytes in try writer.write(bytes) }
        }
        return try await writer.finish()
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
                return try await work.answer(Answer(batch: known, isNew: false).response())
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
            try await platform.jobs.enqueue(LoadWorker.kind, LoadWorker.Payload(batch: id), on: work.connection)
            guard let batch = try await store.find(id) else { throw StorageError.missing("batch \(id)") }
            return try await work.answer(Answer(batch: batch, isNew: true).response())
        }
        platform.jobs.ring()
        return response
    }

    private static let rehearsedConflicts = 1_000

    // The same load in the same kind of transaction, which is then rolled back.
    private func rehearse(
        _ submission: BatchStore.Submission,
        _ file: SpooledFile,
        _ dataset: Dataset,
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
        let load = ObservationLoad(
            dataset: dataset,
            path: file.path,
            sha256: file.sha256,
            bytes: file.bytes,
            format: format,
            mode: submission.mode,
            regions: activity.principal.regions,
            temporaryDirectory: FilePath(platform.directories.spool),
            database: platform.database,
            progress: { _ in }
        )
        let begun = platform.clock.now
        let result = try await rehearsals.withPermit {
            var result: ObservationLoad.Result?
            do {
                try await LoadTransaction.run(in: platform, as: activity) { work in
                    result = try await load.run(on: work.connection, batch: 0)
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
        return Batch(
            id: 0,
            dataset: submission.dataset,
            fileName: submission.fileName,
            sha256: submission.sha256,
            bytes: submission.bytes,
            mediaType: submission.mediaType,
            mode: submission.mode,
            submitter: submission.submitter,
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
