import DomainModel
import PostgresClient
public import ServiceKit
import Storage
import Tabular

/// Loads submitted batches in the background.
///
/// The values, the receipt, the conflicts and the end of the job are one transaction. A worker that is killed leaves
/// nothing; the next one begins anew and comes to the same end. A worker that comes back late finds itself fenced off.
public struct BatchWorker: Sendable {
    /// How often a batch is begun before it is given up.
    public static let maximumAttempts = 5

    /// What a job says: which batch.
    public struct Payload: Codable, Sendable {
        /// The number of the batch.
        public let batch: Int64

        /// Names a batch.
        public init(batch: Int64) { self.batch = batch }
    }

    private let platform: Platform
    private let spool: Spool
    private let kind: String
    private let sealKind: String
    private let permission: Permission
    private let make: LoadOrder.Maker

    /// Loads the batches of a plugin.
    ///
    /// - Parameters:
    ///   - kind: The kind of job: `ingest.load`.
    ///   - sealKind: The kind of job that follows a load which has brought something.
    ///   - permission: What the submitter must be entitled to when the file is loaded.
    ///   - platform: What it works on.
    ///   - spool: Where files are kept.
    ///   - make: Makes the load of a file.
    public init(
        _ kind: String,
        then sealKind: String,
        requiring permission: Permission,
        in platform: Platform,
        spool: Spool,
        make: @escaping LoadOrder.Maker
    ) {
        self.kind = kind
        self.sealKind = sealKind
        self.permission = permission
        self.platform = platform
        self.spool = spool
        self.make = make
    }

    /// The handler of the jobs.
    public func handler(concurrency: Int) -> JobHandler {
        JobHandler(kind, lease: .seconds(15), maximumAttempts: Self.maximumAttempts, concurrency: concurrency) { job in
            try await run(job)
        }
        .whenAbandoned { abandoned in
            // Whoever sent the file learns of it, also when every worker was killed that tried.
            let id = try abandoned.job.payload(as: Payload.self).batch
            try await platform.write(abandoned.job.activity) { work in
                try await BatchStore(work.connection).fail(id, reason: "\(abandoned.reason)")
                try await work.record("fail", .batch, id)
                try await work.publish("ceyuan.batch.failed", subject: "/v1/batches/\(id)", Payload(batch: id))
                try await abandoned.record(on: work.connection)
            }
        }
    }

    private func run(_ job: JobContext) async throws {
        let id = try job.payload(as: Payload.self).batch
        let found = try await platform.read(job.activity.principal) { connection in
            try await BatchStore(connection).find(id)
        }
        // Whoever loaded it before us was killed between its commit and the end of its job.
        guard let batch = found, !batch.state.isFinal || batch.state == .failed else { return }
        if batch.state == .failed { try await reopen(batch, job) }
        try await load(batch, job)
    }

    /// Takes up a batch that was given up, now that somebody has replayed its job.
    private func reopen(_ batch: Batch, _ job: JobContext) async throws {
        do {
            try await platform.write(job.activity) { work in
                let before = try await work.states(of: .batch, keys: ["\(batch.id)"])
                try await BatchStore(work.connection).reopen(batch.id)
                work.record("reopen", leaving: before)
            }
        } catch let error as PostgresError where error.sqlState == .uniqueViolation {
            throw JobFailure("the same bytes were submitted again since")
        }
    }

    private func load(_ batch: Batch, _ job: JobContext) async throws {
        let expected = try await platform.read(job.activity.principal) { connection in
            try await BatchStore(connection).expectedReceipt(batch.id)
        }
        // In the submitter's name, as entitled now: what the rows may touch is decided here and in the database.
        let submitter = try await platform.principal(batch.submitter, with: permission)
        let activity = Activity(principal: submitter, id: job.activity.id)
        let file = try await spool.open(batch.sha256)
        defer { withExtendedLifetime(file) {} }
        let load = try await make(
            LoadOrder(
                dataset: batch.dataset,
                path: file.path,
                sha256: batch.sha256,
                bytes: batch.bytes,
                format: try TabularFormat(contentType: batch.mediaType),
                mode: batch.mode,
                submitter: submitter,
                progress: { rows in
                    // How far a load has got is nobody's business but its reader's: no event.
                    try await platform.write(job.activity) { work in
                        try await BatchStore(work.connection).progress(batch.id, rowsRead: rows)
                        work.changesNothing()
                    }
                    try await job.report(done: rows, "rows")
                }
            )
        )
        var refused: (result: LoadResult, reason: String?)?
        do {
            try await LoadTransaction.run(in: platform, as: activity) { work in
                let connection = work.connection
                let result = try await load.run(in: work, batch: batch.id)
                if let reason = Self.refusal(result, expected: expected) {
                    refused = (result, reason.text)
                    throw RolledBack()
                }
                try await Self.keep(result.conflicts, of: batch.id, on: connection)
                if result.receipt.created + result.receipt.revised > 0 {
                    try await platform.jobs.enqueue(sealKind, Payload(batch: batch.id), on: connection)
                }
                try await work.publish(batch: batch.id, result.receipt, digest: result.digest, isRefused: false)
                try await job.complete(on: connection)
                if let recording = result.recording { _ = try await RecordingStore(connection).seal(recording) }
                _ = try await BatchStore(connection)
                    .commit(batch.id, receipt: result.receipt, digest: result.digest, regions: result.regions)
                try await work.record("commit", .batch, batch.id, details: result.receipt.auditFields(result.digest))
            }
        } catch is RolledBack {
            guard let refused else { return }
            try await refuse(batch, refused.result, refused.reason, job)
        }
    }

    private func refuse(_ batch: Batch, _ result: LoadResult, _ reason: String?, _ job: JobContext) async throws {
        try await platform.write(job.activity) { work in
            let connection = work.connection
            try await Self.keep(result.conflicts, of: batch.id, on: connection)
            try await BatchStore(connection)
                .refuse(batch.id, receipt: result.receipt, digest: result.digest, reason: reason)
            try await work.publish(batch: batch.id, result.receipt, digest: result.digest, isRefused: true)
            try await work.record("refuse", .batch, batch.id, details: result.receipt.auditFields(result.digest))
            try await job.complete(on: connection)
        }
    }

    // Why a load is not to be committed; the text is absent where the conflicts say it.
    private static func refusal(
        _ result: LoadResult,
        expected: String?
    ) -> (text: String?, isRefused: Bool)? {
        if let expected, expected != result.digest {
            let text =
                "RECEIPT_DIFFERS: the receipt is \(result.digest), the sender expects \(expected); rehearse again"
            return (text, true)
        }
        return result.receipt.outcome == .refused ? (nil, true) : nil
    }

    private static let conflictsAtOnce = 1_000

    private static func keep(_ conflicts: ConflictLog, of batch: Int64, on connection: PostgresConnection) async throws
    {
        var reader = try conflicts.reader()
        var ordinal: Int64 = 1
        while true {
            let page = try reader.next(conflictsAtOnce)
            if page.isEmpty { return }
            try await BatchStore(connection).add(conflicts: page.map(\.json), to: batch, from: ordinal)
            ordinal += Int64(page.count)
        }
    }
}
