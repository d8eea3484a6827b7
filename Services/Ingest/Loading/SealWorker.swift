import Collection
import PostgresClient
import ServiceKit
import Storage

/// Records the digest of the values that a batch has brought, in the background.
///
/// The load itself does not: sorting its rows once more would make it longer, and readers wait for it.
struct SealWorker: Sendable {
    /// The kind of job.
    static let kind = "ingest.seal"

    let platform: Platform

    /// The handler of the jobs; their payload is that of the load.
    var handler: JobHandler {
        JobHandler(Self.kind, lease: .seconds(60)) { job in
            let batch = try job.payload(as: BatchWorker.Payload.self).batch
            try await platform.write(job.activity) { work in
                try await work.record("seal", .observations, batch)
                try await job.complete(on: work.connection)
            }
        }
    }
}
