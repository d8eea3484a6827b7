/// How one kind of background work is done.
///
///     func jobs(in platform: Platform) -> [JobHandler] {
///         [
///             JobHandler("ingest.load", lease: .seconds(30), concurrency: 2) { job in
///                 let batch = try job.payload(as: LoadBatch.self)
///                 try await platform.write(job.activity) { work in
///                     try await load(batch, on: work.connection)
///                     try await job.complete(on: work.connection)
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
    /// How many jobs of the kind, or batches of them, a process works on at once.
    public let concurrency: Int
    /// How many jobs are handed over at once.
    public let batchSize: Int
    /// How long to wait between attempts.
    public let backoff: JobBackoff
    let work: @Sendable (JobBatch) async throws -> Void
    var abandoned: (@Sendable (AbandonedJob) async throws -> Void)?

    /// Makes a handler of single jobs.
    ///
    /// - Parameters:
    ///   - kind: The kind of job, with the plugin's name in front.
    ///   - lease: At least one second is sensible; shorter ones are for tests.
    ///   - maximumAttempts: At least 1.
    ///   - concurrency: At least 1.
    ///   - backoff: How long to wait between attempts.
    ///   - run: Does the work. It is cancelled when the lease is lost, somebody cancels the job, or the service stops.
    ///     An error that it throws puts the job back with a delay; ``JobFailure`` gives it up at once.
    public init(
        _ kind: String,
        lease: Duration = .seconds(30),
        maximumAttempts: Int = 10,
        concurrency: Int = 1,
        backoff: JobBackoff = JobBackoff(),
        run: @escaping @Sendable (JobContext) async throws -> Void
    ) {
        self.init(
            kind,
            batchesOf: 1,
            lease: lease,
            maximumAttempts: maximumAttempts,
            concurrency: concurrency,
            backoff: backoff
        ) { batch in
            for job in batch.jobs { try await run(job) }
        }
    }

    /// Makes a handler of many small jobs at once, for work that one statement does as well for hundreds as for one.
    ///
    /// A batch that fails is taken apart: each of its jobs is tried again by itself, so that one bad job keeps no
    /// good one from its end.
    ///
    /// - Parameters:
    ///   - kind: The kind of job, with the plugin's name in front.
    ///   - batchSize: How many jobs are handed over at most; at least 1.
    ///   - lease: See the other initialiser, as for the parameters that follow.
    ///   - maximumAttempts: At least 1.
    ///   - concurrency: How many batches at once; at least 1.
    ///   - backoff: How long to wait between attempts.
    ///   - run: Does the work, and ends all with ``JobBatch/complete(on:)``.
    public init(
        _ kind: String,
        batchesOf batchSize: Int,
        lease: Duration = .seconds(30),
        maximumAttempts: Int = 10,
        concurrency: Int = 1,
        backoff: JobBackoff = JobBackoff(),
        run: @escaping @Sendable (JobBatch) async throws -> Void
    ) {
        self.kind = kind
        self.lease = lease
        self.maximumAttempts = max(1, maximumAttempts)
        self.concurrency = max(1, concurrency)
        self.batchSize = max(1, batchSize)
        self.backoff = backoff
        work = run
    }

    /// Does the work on one job; a test that runs a handler by hand does so.
    func run(_ job: JobContext) async throws { try await work(JobBatch([job])) }

    /// The same handler, telling the job's owner when a job is given up or cancelled.
    ///
    /// - Parameter tell: Records it where the owner looks, and ends with ``AbandonedJob/record(on:)`` in the same
    ///   transaction. It may be called more than once for a job, also by a worker that never ran it.
    /// - Returns: A handler for the same kind.
    public func whenAbandoned(_ tell: @escaping @Sendable (AbandonedJob) async throws -> Void) -> JobHandler {
        var copy = self
        copy.abandoned = tell
        return copy
    }
}

/// An error of a job that another attempt cannot mend: the job is given up at once.
public struct JobFailure: Error, Sendable, CustomStringConvertible {
    /// What is wrong; kept with the job.
    public let description: String

    /// Makes a failure.
    public init(_ description: String) { self.description = description }
}
