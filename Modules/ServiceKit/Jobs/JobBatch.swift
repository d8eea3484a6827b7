public import PostgresClient
import Storage

/// Jobs of one kind that are worked on together.
public struct JobBatch: Sendable {
    /// The jobs, in the order in which they were put into the queue; at least one.
    public let jobs: [JobContext]

    /// Makes a batch; a test that runs a handler by hand does so.
    public init(_ jobs: [JobContext]) { self.jobs = jobs }

    /// Ends all jobs as part of the transaction that holds their effects: the last statement before the commit.
    ///
    /// - Throws: ``JobError/fencedOff(id:fence:)`` when another worker has one of them meanwhile; let it pass, so that
    ///   the transaction rolls back.
    public func complete(on connection: PostgresConnection) async throws {
        let lost = try await JobStore(connection).complete(jobs.map(\.lease))
        if let job = lost.first { throw JobError.fencedOff(id: job.id, fence: job.fence) }
        for job in jobs { job.completion.call() }
    }
}
