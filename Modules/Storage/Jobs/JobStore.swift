public import DomainModel
public import PostgresClient

/// The queue of jobs in PostgreSQL.
///
/// Delivery is at least once: a job is begun again when its lease runs out.
/// Effects are exactly once where the job's transaction ends with
/// ``complete(_:)``. All times are the database's, so that the clocks of the
/// workers do not matter.
///
/// A value of it lives as long as one use of a connection; the caller decides on the transaction.
public struct JobStore {
    private let connection: PostgresConnection

    /// Uses a connection.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Puts a job into the queue, as part of the caller's transaction.
    ///
    /// - Parameters:
    ///   - kind: What kind of work it is.
    ///   - payload: The job's data: a JSON document as UTF-8.
    ///   - uniqueKey: At most one waiting or running job of the kind has this key.
    ///   - priority: Higher goes first.
    ///   - runAt: Not before this; `nil` means now.
    /// - Returns: The job's number, or `nil` when an open job has the key already.
    /// - Throws: ``PostgresError``
    public func enqueue(
        kind: String,
        payload: [UInt8],
        uniqueKey: String? = nil,
        priority: Int = 0,
        runAt: Instant? = nil
    ) async throws -> Int64? {
        let time = runAt.map { PostgresTimestamp($0) }
        let query: PostgresQuery = """
            /* jobs.job.enqueue */
            INSERT INTO jobs.job (kind, payload, unique_key, priority, run_at)
            VALUES (\(kind), \(PostgresJSONB(payload)), \(uniqueKey), \(Int32(clamping: priority)),
                coalesce(\(time), now()))
            ON CONFLICT (kind, unique_key) WHERE unique_key IS NOT NULL AND state IN ('waiting', 'running')
            DO NOTHING RETURNING id
            """
        return try await connection.query(query).first?.decode(Int64.self)
    }

    /// Gives the jobs whose lease has run out back to the queue, or up when they were begun often enough.
    ///
    /// - Parameters:
    ///   - kind: The kind of job.
    ///   - maximumAttempts: How often a job is begun at most. A job that kills its worker must end as well.
    /// - Returns: How many jobs were taken from their workers.
    /// - Throws: ``PostgresError``
    public func reclaim(kind: String, maximumAttempts: Int) async throws -> Int {
        try await connection.query(
            """
            /* jobs.job.reclaim */
            UPDATE jobs.job SET
                state = CASE WHEN attempt < \(Int32(clamping: maximumAttempts)) THEN 'waiting' ELSE 'dead' END,
                finished_at = CASE WHEN attempt < \(Int32(clamping: maximumAttempts)) THEN NULL ELSE now() END,
                last_error = 'the lease of ' || owner || ' ran out', owner = NULL, leased_until = NULL
            WHERE id IN (
                SELECT id FROM jobs.job WHERE kind = \(kind) AND state = 'running' AND leased_until < now()
                FOR UPDATE SKIP LOCKED)
            RETURNING id
            """
        )
        .count
    }

    /// Takes jobs that may begin, by priority and time.
    ///
    /// - Parameters:
    ///   - kind: The kind of job.
    ///   - limit: How many at most.
    ///   - owner: Who takes them, for people who look at the table.
    ///   - lease: For how long.
    /// - Returns: The jobs; nobody else gets them until their lease runs out.
    /// - Throws: ``PostgresError``
    public func claim(kind: String, limit: Int, owner: String, lease: Duration) async throws -> [JobLease] {
        try await connection.query(
            """
            /* jobs.job.claim */
            WITH picked AS MATERIALIZED (
                SELECT id FROM jobs.job WHERE kind = \(kind) AND state = 'waiting' AND run_at <= now()
                ORDER BY priority DESC, run_at, id LIMIT \(Int64(limit)) FOR UPDATE SKIP LOCKED)
            UPDATE jobs.job SET state = 'running', attempt = attempt + 1, fence = fence + 1, owner = \(owner),
                leased_until = now() + \(lease.milliseconds) * interval '1 millisecond'
            FROM picked WHERE job.id = picked.id
            RETURNING job.id, job.kind, job.payload, job.attempt, job.fence
            """
        )
        .map { row in
            let (id, kind, payload, attempt, fence) = try row.decode(
                (Int64, String, PostgresJSONB, Int32, Int64).self
            )
            return JobLease(id: id, kind: kind, payload: payload.bytes, attempt: Int(attempt), fence: fence)
        }
    }

    /// Holds a job for longer.
    ///
    /// - Throws: ``JobError/fencedOff(id:fence:)``, ``PostgresError``
    public func renew(_ job: JobLease, lease: Duration) async throws {
        try await fenced(
            job,
            """
            /* jobs.job.renew */
            UPDATE jobs.job SET leased_until = now() + \(lease.milliseconds) * interval '1 millisecond'
            WHERE id = \(job.id) AND fence = \(job.fence) AND state = 'running' RETURNING id
            """
        )
    }

    /// Ends a job, as part of the transaction that holds its effects.
    ///
    /// - Throws: ``JobError/fencedOff(id:fence:)`` when another worker has the job: let the transaction roll back;
    ///   ``PostgresError``
    public func complete(_ job: JobLease) async throws {
        try await fenced(
            job,
            """
            /* jobs.job.complete */
            UPDATE jobs.job SET state = 'done', finished_at = now(), owner = NULL, leased_until = NULL
            WHERE id = \(job.id) AND fence = \(job.fence) AND state = 'running' RETURNING id
            """
        )
    }

    /// Records that a job failed.
    ///
    /// - Parameters:
    ///   - job: The job.
    ///   - error: What is told to people who look at the table; cut after 2,000 characters.
    ///   - delay: After how long it is tried again; `nil` gives it up.
    /// - Throws: ``JobError/fencedOff(id:fence:)``, ``PostgresError``
    public func fail(_ job: JobLease, error: String, retryAfter delay: Duration?) async throws {
        let error = String(error.prefix(2_000))
        guard let delay else {
            return try await fenced(
                job,
                """
                /* jobs.job.giveUp */
                UPDATE jobs.job SET state = 'dead', finished_at = now(), owner = NULL, leased_until = NULL,
                    last_error = \(error)
                WHERE id = \(job.id) AND fence = \(job.fence) AND state = 'running' RETURNING id
                """
            )
        }
        try await fenced(
            job,
            """
            /* jobs.job.fail */
            UPDATE jobs.job SET state = 'waiting', owner = NULL, leased_until = NULL, last_error = \(error),
                run_at = now() + \(delay.milliseconds) * interval '1 millisecond'
            WHERE id = \(job.id) AND fence = \(job.fence) AND state = 'running' RETURNING id
            """
        )
    }

    /// Gives a job back unfinished, as if it had not been begun: the worker is going down.
    ///
    /// - Throws: ``JobError/fencedOff(id:fence:)``, ``PostgresError``
    public func release(_ job: JobLease) async throws {
        try await fenced(
            job,
            """
            /* jobs.job.release */
            UPDATE jobs.job SET state = 'waiting', attempt = attempt - 1, owner = NULL, leased_until = NULL
            WHERE id = \(job.id) AND fence = \(job.fence) AND state = 'running' RETURNING id
            """
        )
    }

    /// Counts the open and the dead jobs of each kind.
    ///
    /// - Throws: ``PostgresError``
    public func counts() async throws -> [JobCounts] {
        try await connection.query(
            """
            /* jobs.job.counts */
            SELECT kind, count(*) FILTER (WHERE state = 'waiting'), count(*) FILTER (WHERE state = 'running'),
                count(*) FILTER (WHERE state = 'dead'),
                coalesce(extract(epoch FROM now() - min(run_at) FILTER (WHERE state = 'waiting' AND run_at <= now())),
                    0)::float8
            FROM jobs.job WHERE state IN ('waiting', 'running', 'dead') GROUP BY kind ORDER BY kind
            """
        )
        .map { row in
            let (kind, waiting, running, dead, wait) = try row.decode((String, Int64, Int64, Int64, Double).self)
            return JobCounts(
                kind: kind,
                waiting: Int(waiting),
                running: Int(running),
                dead: Int(dead),
                oldestWait: wait
            )
        }
    }

    /// Deletes jobs that were done long ago; dead ones stay until somebody has looked at them.
    ///
    /// - Parameter days: How long a job is kept after its end.
    /// - Throws: ``PostgresError``
    public func prune(olderThanDays days: Int) async throws {
        _ = try await connection.execute(
            """
            /* jobs.job.prune */
            DELETE FROM jobs.job WHERE state = 'done' AND finished_at < now() - \(Int64(days)) * interval '1 day'
            """
        )
    }

    private func fenced(_ job: JobLease, _ query: PostgresQuery) async throws {
        guard try await connection.query(query).first != nil else {
            throw JobError.fencedOff(id: job.id, fence: job.fence)
        }
    }
}

extension Duration {
    /// Whole milliseconds.
    fileprivate var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000 + attoseconds / 1_000_000_000_000_000
    }
}
