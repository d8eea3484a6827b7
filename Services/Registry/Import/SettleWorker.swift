import Collection
import DomainModel
import ServiceKit
import Storage

/// Settles what a batch has brought, in the background: makes the records be found by their names, and records the digest
/// of the rows in the audit trail.
///
/// The load itself does neither: both take longer than the load, and readers wait for it.
struct SettleWorker: Sendable {
    /// The kind of job.
    static let kind = "registry.settle"
    /// Records whose names are put into the search in one transaction.
    private static let recordsAtOnce = 2_000

    let platform: Platform

    /// The handler of the jobs; their payload is that of the load.
    var handler: JobHandler {
        JobHandler(Self.kind, lease: .seconds(60)) { job in
            let batch = try job.payload(as: BatchWorker.Payload.self).batch
            try await index(batch, job)
            try await platform.write(job.activity) { work in
                try await work.record("seal", .records, batch)
                try await job.complete(on: work.connection)
            }
        }
    }

    /// Whoever begins anew finds what is done already as it should be.
    private func index(_ batch: Int64, _ job: JobContext) async throws {
        var (last, done): (Int64, Int64) = (0, 0)
        while true {
            let page = try await platform.write(job.activity) { work in
                let connection = work.connection
                work.changesNothing()
                guard let recording = try await RecordingStore(connection).made(by: batch) else {
                    return [RegistryRecordStore.Held]()
                }
                let page = try await RegistryRecordStore(connection)
                    .touched(by: recording, after: last, limit: Self.recordsAtOnce)
                try await SearchStore(connection).index(page, RecordModelStore(connection).load())
                return page
            }
            guard let end = page.last else { return }
            (last, done) = (end.id, done + Int64(page.count))
            try await job.report(done: done, "records")
        }
    }
}
