/// How one kind of background work is done.
///
///     func jobs(in platform: Platform) -> [JobHandler] {
///         [
///             JobHandler("ingest.load", lease: .seconds(30), concurrency: 2) { job in
///                 let batch = try job.payload(as: LoadBatch.self)
///                 try await platform.database.withTransaction { connection in
///                     try await load(batch, on: connection)
///                     try await job.complete(on: connection)
///                 }
///             }
///         ]
///     }
///
/// A job may be begun more than once. What it writes happens exactly once when
/// ``JobContext/complete(on:)`` is the last statement of the same transaction.
public struct JobHandler: Sendable {
    /// The kind of job, with the plugin's name in front: `ingest.load`.
    public let kind: String
    /// How long a worker may be silent before another takes over; renewed at a third of it.
    public let lease: Duration
    /// How often a job is begun before it is given up.
    public let maximumAttempts: Int
    /// How many jobs of the kind a process works on at once.
    public let concurrency: Int
    /// How long to wait between attempts.
    public let backoff: JobBackoff
    /// Does the work.
    public let run: @Sendable (JobContext) async throws -> Void

    /// Makes a handler.
    ///
    /// - Parameters:
    ///   - kind: The kind of job, with the plugin's name in front.
    ///   - lease: At least one second is sensible; shorter ones are for tests.
    ///   - maximumAttempts: At least 1.
    ///   - concurrency: At least 1.
    ///   - backoff: How long to wait between attempts.
    ///   - run: Does the work. It is cancelled when the lease is lost or the service stops. An error that it throws
    ///     puts the job back with a delay; ``JobFailure`` gives it up at once.
    public init(
        _ kind: String,
        lease: Duration = .seconds(30),
        maximumAttempts: Int = 10,
        concurrency: Int = 1,
        backoff: JobBackoff = JobBackoff(),
        run: @escaping @Sendable (JobContext) async throws -> Void
    ) {
        self.kind = kind
        self.lease = lease
        self.maximumAttempts = max(1, maximumAttempts)
        self.concurrency = max(1, concurrency)
        self.backoff = backoff
        self.run = run
    }
}

/// An error of a job that another attempt cannot mend: the job is given up at once.
public struct JobFailure: Error, Sendable, CustomStringConvertible {
    /// What is wrong; kept with the job.
    public let description: String

    /// Makes a failure.
    public init(_ description: String) { self.description = description }
}
