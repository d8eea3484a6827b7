import PostgresClient
import Storage

/// Ends jobs with as few statements as there is time for.
///
/// While one statement is under way, the jobs that end meanwhile gather for the next one: alone a job waits for
/// nobody, under load hundreds share a commit.
actor JobCompleter {
    /// What a job that waits is told.
    private enum Word: Sendable {
        case ended(Result<Void, any Error>)
        /// The statement under way is over: end all that have gathered, yourself included.
        case lead
    }

    private let database: PostgresPool
    private var isBusy = false
    private var waiting: [(job: JobLease, continuation: CheckedContinuation<Word, Never>)] = []

    init(_ database: PostgresPool) { self.database = database }

    /// Ends a job in a transaction of its own or of its like.
    ///
    /// - Throws: ``JobError/fencedOff(id:fence:)``, `PostgresError`.
    func complete(_ job: JobLease) async throws {
        if isBusy {
            switch await withCheckedContinuation({ waiting.append((job, $0)) }) {
            case .ended(let result): return try result.get()
            case .lead: break
            }
        }
        isBusy = true
        let gathered = waiting
        waiting = []
        let result = await end([job] + gathered.map(\.job))
        for (other, continuation) in gathered {
            continuation.resume(returning: .ended(Self.share(of: other, in: result)))
        }
        if waiting.isEmpty {
            isBusy = false
        } else {
            waiting.removeFirst().continuation.resume(returning: .lead)
        }
        try Self.share(of: job, in: result).get()
    }

    private static func share(of job: JobLease, in result: Result<[JobLease], any Error>) -> Result<Void, any Error> {
        result.flatMap { lost in
            lost.contains(job) ? .failure(JobError.fencedOff(id: job.id, fence: job.fence)) : .success(())
        }
    }

    /// Runs the statement even when the task that leads has been cancelled: other tasks wait for it.
    private func end(_ jobs: [JobLease]) async -> Result<[JobLease], any Error> {
        await Task { [database] in
            try await database.withConnection { try await JobStore($0).complete(jobs) }
        }.result
    }
}
