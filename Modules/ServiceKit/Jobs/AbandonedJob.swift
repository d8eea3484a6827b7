public import PostgresClient
import Storage

/// A job that will not be worked on again, so that its owner may learn of it.
public struct AbandonedJob: Sendable {
    /// Why a job is abandoned.
    public enum Reason: Sendable, Hashable, CustomStringConvertible {
        /// It failed too often, or in a way that no attempt mends; it stays as a dead letter.
        case failed(String)
        /// Somebody cancelled it.
        case cancelled

        /// The reason as a sentence for the log and for the owner.
        public var description: String {
            switch self {
            case .failed(let error): error
            case .cancelled: "the job was cancelled"
            }
        }
    }

    /// The job.
    public let job: JobContext
    /// Why.
    public let reason: Reason

    /// Ends the job as part of the transaction in which its owner learns of it: the last statement before the commit.
    ///
    /// - Throws: ``JobError/fencedOff(id:fence:)`` when another worker has the job meanwhile; let it pass, so that the
    ///   transaction rolls back.
    public func record(on connection: PostgresConnection) async throws {
        let store = JobStore(connection)
        switch reason {
        case .failed(let error): try await store.fail(job.lease, error: error, retryAfter: nil)
        case .cancelled: try await store.recordCancelled(job.lease)
        }
        job.completion.call()
    }
}
