public import DomainModel
import PostgresClient

/// What came of a wish that concerns one job.
public enum JobChange: Sendable, Hashable {
    /// It was done.
    case done
    /// The job has ended, or is in a state that does not allow it.
    case notPossible(JobRecord.State)
    /// There is no such job.
    case missing
}

extension JobStore {
    /// A job by its number, open or over.
    ///
    /// - Throws: ``PostgresError``, ``StorageError``
    public func find(_ id: Int64) async throws -> JobRecord? {
        let open = try await connection.queryOne(
            "/* jobs.job.byID */ SELECT \(unescaped: Self.openColumns) FROM jobs.job WHERE id = \(id)"
        )
        if let open { return try Self.record(open) }
        let over = try await connection.query(
            "/* jobs.history.byID */ SELECT \(unescaped: Self.overColumns) FROM jobs.history WHERE id = \(id) LIMIT 1"
        )
        return try over.first.map(Self.record)
    }

    /// Jobs, newest first: open and over alike.
    ///
    /// - Parameters:
    ///   - kind: Only those of a kind.
    ///   - state: Only those in a state.
    ///   - before: Only those with a smaller number.
    ///   - limit: At most so many.
    /// - Returns: What was found.
    /// - Throws: ``PostgresError``, ``StorageError``
    public func list(kind: String?, state: JobRecord.State?, before: Int64?, limit: Int) async throws -> [JobRecord] {
        let filter: PostgresQuery = """
            /* jobs.job.list */
            (SELECT \(unescaped: Self.openColumns) FROM jobs.job
            WHERE (\(kind)::text IS NULL OR kind = \(kind)) AND (\(state?.rawValue)::text IS NULL OR state = \(state?.rawValue))
                AND (\(before)::bigint IS NULL OR id < \(before)) ORDER BY id DESC LIMIT \(limit))
            UNION ALL
            (SELECT \(unescaped: Self.overColumns) FROM jobs.history
            WHERE (\(kind)::text IS NULL OR kind = \(kind)) AND (\(state?.rawValue)::text IS NULL OR outcome = \(state?.rawValue))
                AND (\(before)::bigint IS NULL OR id < \(before)) ORDER BY id DESC LIMIT \(limit))
            ORDER BY id DESC LIMIT \(limit)
            """
        return try await connection.query(filter).map(Self.record)
    }

    /// Counts the open and the dead jobs of each kind.
    ///
    /// - Throws: ``PostgresError``
    public func counts() async throws -> [JobCounts] {
        try await connection.query(
            """
            /* jobs.job.counts */
            SELECT kind, count(*) FILTER (WHERE state = 'waiting'), count(*) FILTER (WHERE state = 'delayed'),
                count(*) FILTER (WHERE state = 'running'), count(*) FILTER (WHERE state = 'dead'),
                coalesce(max(attempt) FILTER (WHERE state <> 'dead'), 0),
                greatest(0, coalesce(extract(epoch FROM now() - min(run_at) FILTER (WHERE state = 'waiting')), 0))::float8
            FROM jobs.job WHERE state <> 'done' GROUP BY kind ORDER BY kind
            """
        )
        .map { row in
            let (kind, waiting, delayed, running, dead, attempts, wait) = try row.decode(
                (String, Int64, Int64, Int64, Int64, Int32, Double).self
            )
            return JobCounts(
                kind: kind,
                waiting: Int(waiting),
                delayed: Int(delayed),
                running: Int(running),
                dead: Int(dead),
                mostAttempts: Int(attempts),
                oldestWait: wait
            )
        }
    }

    /// Asks for the end of a job, as part of the caller's transaction.
    ///
    /// An open job is ended by its worker, which tells the job's owner; a dead one goes to the history at once.
    ///
    /// - Throws: ``PostgresError``, ``StorageError``
    public func cancel(_ id: Int64) async throws -> JobChange {
        switch try await lockedState(id) {
        case .delayed, .waiting, .running:
            _ = try await connection.execute(
                """
                /* jobs.job.cancel */ UPDATE jobs.job SET cancel_requested = true,
                    state = CASE WHEN state = 'delayed' THEN 'waiting' ELSE state END
                WHERE id = \(id)
                """
            )
            return .done
        case .dead:
            _ = try await connection.execute(
                """
                /* jobs.job.discard */
                WITH over AS (DELETE FROM jobs.job WHERE id = \(id) RETURNING *)
                INSERT INTO jobs.history (id, kind, payload, unique_key, priority, outcome, attempt, last_error,
                    created_at, started_at, finished_at, progress_done, progress_total, progress_note)
                SELECT id, kind, payload, unique_key, priority, 'cancelled', attempt, last_error,
                    created_at, started_at, now(), progress_done, progress_total, progress_note FROM over
                """
            )
            return .done
        case let state?: return .notPossible(state)
        case nil: return try await find(id).map { .notPossible($0.state) } ?? .missing
        }
    }

    /// Puts a dead job back into the queue with all its attempts, as part of the caller's transaction.
    ///
    /// - Throws: ``PostgresError``: a unique violation when another open job has its key; ``StorageError``
    public func replay(_ id: Int64) async throws -> JobChange {
        switch try await lockedState(id) {
        case .dead:
            _ = try await connection.execute(
                """
                /* jobs.job.replay */ UPDATE jobs.job SET state = 'waiting', attempt = 0, run_at = now(),
                    finished_at = NULL, cancel_requested = false WHERE id = \(id)
                """
            )
            return .done
        case let state?: return .notPossible(state)
        case nil: return try await find(id).map { .notPossible($0.state) } ?? .missing
        }
    }

    /// Prepares the days to come of the history and drops those that were kept long enough; moves what an earlier
    /// release left in the queue as done.
    ///
    /// - Parameter days: How many days are kept beside the present one.
    /// - Throws: ``PostgresError``
    public func maintain(keptDays days: Int) async throws {
        try await connection.query(
            "/* jobs.history.keepDays */ SELECT jobs.keep_days('jobs.history', \(Int32(clamping: days)), 7)::text"
        )
        _ = try await connection.execute(
            """
            /* jobs.job.moveDone */
            WITH over AS (DELETE FROM jobs.job WHERE state = 'done' RETURNING *)
            INSERT INTO jobs.history (id, kind, payload, unique_key, priority, outcome, attempt, last_error, created_at,
                started_at, finished_at)
            SELECT id, kind, payload, unique_key, priority, 'done', attempt, last_error, created_at, started_at,
                finished_at FROM over WHERE finished_at >= now() - \(Int64(days)) * interval '1 day'
            """
        )
    }

    private func lockedState(_ id: Int64) async throws -> JobRecord.State? {
        let row = try await connection.queryOne(
            "/* jobs.job.lockState */ SELECT state FROM jobs.job WHERE id = \(id) FOR UPDATE"
        )
        return try row.map { try stored(JobRecord.State.self, $0.decode(String.self)) }
    }

    private static let openColumns = """
        id, kind, state, payload::text, unique_key, priority, attempt, owner, cancel_requested, last_error,
        progress_done, progress_total, progress_note, created_at, run_at, started_at, finished_at
        """
    private static let overColumns = """
        id, kind, outcome, payload::text, unique_key, priority, attempt, NULL::text, false, last_error,
        progress_done, progress_total, progress_note, created_at, NULL::timestamptz, started_at, finished_at
        """

    private static func record(_ row: PostgresRow) throws -> JobRecord {
        let (
            id, kind, state, payload, uniqueKey, priority, attempt, owner, isCancelRequested, lastError, done, total,
            note, createdAt, runAt, startedAt, finishedAt
        ) = try row.decode(
            (
                Int64, String, String, String, String?, Int32, Int32, String?, Bool, String?, Int64?, Int64?, String?,
                PostgresTimestamp, PostgresTimestamp?, PostgresTimestamp?, PostgresTimestamp?
            ).self
        )
        return JobRecord(
            id: id,
            kind: kind,
            state: try stored(JobRecord.State.self, state),
            payload: payload,
            uniqueKey: uniqueKey,
            priority: Int(priority),
            attempt: Int(attempt),
            owner: owner,
            isCancelRequested: isCancelRequested,
            lastError: lastError,
            progress: (done, total, note),
            createdAt: Instant(createdAt),
            runAt: runAt.map { Instant($0) },
            startedAt: startedAt.map { Instant($0) },
            finishedAt: finishedAt.map { Instant($0) }
        )
    }
}
