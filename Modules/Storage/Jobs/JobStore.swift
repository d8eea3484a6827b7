public import DomainModel
public import PostgresClient

/// The queue of jobs in PostgreSQL.
///
/// Delivery is at least once: a job is begun again when its lease runs out.
/// Effects are exactly once where the job's transaction ends with
/// ``complete(_:)``. All times are the database's, so that the clocks of the
/// workers do not matter. A job that may begin is `waiting`; one that is to
/// begin later is `delayed` until ``promote()``, so that a clock that is set
/// back keeps no job from beginning. What is over moves to `jobs.history`.
///
/// A value of it lives as long as one use of a connection; the caller decides on the transaction.
public struct JobStore {
    let connection: PostgresConnection

    /// Uses a connection.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Puts a job into the queue, as part of the caller's transaction.
    ///
    /// - Parameters:
    ///   - kind: What kind of work it is.
    ///   - payload: The job's data: a JSON document as UTF-8.
    ///   - uniqueKey: At most one open job of the kind has this key.
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
            INSERT INTO jobs.job (kind, payload, unique_key, priority, run_at, state)
            VALUES (\(kind), \(PostgresJSONB(payload)), \(uniqueKey), \(Int32(clamping: priority)),
                coalesce(\(time), now()), CASE WHEN \(time) > now() THEN 'delayed' ELSE 'waiting' END)
            ON CONFLICT (kind, unique_key)
                WHERE unique_key IS NOT NULL AND state IN ('delayed', 'waiting', 'running')
            DO NOTHING RETURNING id
            """
        return try await connection.query(query).first?.decode(Int64.self)
    }

    /// Puts many jobs of a kind into the queue at once, as part of the caller's transaction.
    ///
    /// - Parameters:
    ///   - kind: What kind of work it is.
    ///   - payloads: The data of each, in the order in which they are to begin.
    ///   - priority: Higher goes first.
    /// - Throws: ``PostgresError``
    public func enqueue(kind: String, payloads: [[UInt8]], priority: Int = 0) async throws {
        let documents = payloads.map { PostgresJSONB($0) }
        _ = try await connection.execute(
            """
            /* jobs.job.enqueueMany */
            INSERT INTO jobs.job (kind, payload, priority, run_at)
            SELECT \(kind), payload, \(Int32(clamping: priority)), now()
            FROM unnest(\(documents)::jsonb[]) WITH ORDINALITY AS given (payload, position) ORDER BY position
            """
        )
    }

    /// Takes jobs that may begin, by priority and time; also those that are to be cancelled.
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
                SELECT id FROM jobs.job WHERE kind = \(kind) AND state = 'waiting'
                ORDER BY priority DESC, run_at, id LIMIT \(Int64(limit)) FOR UPDATE SKIP LOCKED)
            UPDATE jobs.job SET state = 'running', attempt = attempt + 1, fence = fence + 1, owner = \(owner),
                started_at = now(), progress_done = NULL, progress_total = NULL, progress_note = NULL,
                leased_until = now() + \(lease.milliseconds) * interval '1 millisecond'
            FROM picked WHERE job.id = picked.id
            RETURNING \(unescaped: Self.leaseColumns)
            """
        )
        .map(Self.lease)
        .sorted { $0.id < $1.id }
    }

    /// Ends a job, as part of the transaction that holds its effects.
    ///
    /// - Throws: ``JobError/fencedOff(id:fence:)`` when another worker has the job: let the transaction roll back;
    ///   ``PostgresError``
    public func complete(_ job: JobLease) async throws {
        if let lost = try await close([job], as: "done").first {
            throw JobError.fencedOff(id: lost.id, fence: lost.fence)
        }
    }

    /// Ends jobs that are still held, and tells which were not.
    ///
    /// - Returns: The jobs that another worker has, or that have ended: nothing was written for them. A caller whose
    ///   transaction holds effects of theirs rolls it back.
    /// - Throws: ``PostgresError``
    public func complete(_ jobs: [JobLease]) async throws -> [JobLease] {
        try await close(jobs, as: "done")
    }

    /// Records that a job was ended because somebody wanted that.
    ///
    /// - Throws: ``JobError/fencedOff(id:fence:)``, ``PostgresError``
    public func recordCancelled(_ job: JobLease) async throws {
        if let lost = try await close([job], as: "cancelled").first {
            throw JobError.fencedOff(id: lost.id, fence: lost.fence)
        }
    }

    /// Moves jobs to the history. Rows are locked in the order of their numbers, so that nobody waits in a circle.
    private func close(_ jobs: [JobLease], as outcome: String) async throws -> [JobLease] {
        if jobs.isEmpty { return [] }
        let rows = try await connection.query(
            """
            /* jobs.job.close */
            WITH locked AS MATERIALIZED (
                SELECT job.id FROM jobs.job
                    JOIN unnest(\(jobs.map(\.id)), \(jobs.map(\.fence))) AS held (id, fence)
                        ON job.id = held.id AND job.fence = held.fence
                WHERE job.state = 'running' ORDER BY job.id FOR UPDATE OF job),
            over AS (DELETE FROM jobs.job USING locked WHERE job.id = locked.id RETURNING job.*)
            INSERT INTO jobs.history (id, kind, payload, unique_key, priority, outcome, attempt, last_error, created_at,
                started_at, finished_at, progress_done, progress_total, progress_note)
            SELECT id, kind, payload, unique_key, priority, \(outcome), attempt, last_error, created_at,
                started_at, now(), progress_done, progress_total, progress_note
            FROM over RETURNING id
            """
        )
        if rows.count == jobs.count { return [] }
        let ended = Set(try rows.map { try $0.decode(Int64.self) })
        return jobs.filter { !ended.contains($0.id) }
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
            UPDATE jobs.job SET owner = NULL, leased_until = NULL, last_error = \(error),
                state = CASE WHEN \(delay.milliseconds) > 0 THEN 'delayed' ELSE 'waiting' END,
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

    /// Records how far a job has come.
    ///
    /// - Throws: ``JobError/fencedOff(id:fence:)``, ``PostgresError``
    public func report(_ job: JobLease, done: Int64?, total: Int64?, note: String?) async throws {
        try await fenced(
            job,
            """
            /* jobs.job.report */
            UPDATE jobs.job SET progress_done = \(done), progress_total = \(total), progress_note = \(note)
            WHERE id = \(job.id) AND fence = \(job.fence) AND state = 'running' RETURNING id
            """
        )
    }

    private func fenced(_ job: JobLease, _ query: PostgresQuery) async throws {
        guard try await connection.query(query).first != nil else {
            throw JobError.fencedOff(id: job.id, fence: job.fence)
        }
    }

    static let leaseColumns =
        "job.id, job.kind, job.payload, job.attempt, job.fence, job.cancel_requested, job.last_error, job.trace"

    static func lease(_ row: PostgresRow) throws -> JobLease {
        let (id, kind, payload, attempt, fence, isCancelRequested, lastError, trace) = try row.decode(
            (Int64, String, PostgresJSONB, Int32, Int64, Bool, String?, String?).self
        )
        return JobLease(
            id: id,
            kind: kind,
            payload: payload.bytes,
            attempt: Int(attempt),
            fence: fence,
            isCancelRequested: isCancelRequested,
            lastError: lastError,
            trace: trace
        )
    }
}

extension Duration {
    /// Whole milliseconds.
    var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000 + attoseconds / 1_000_000_000_000_000
    }
}
