public import PostgresClient

/// What a worker sees when it looks at the queue for one kind.
public struct JobGlance: Sendable, Hashable {
    /// The kind.
    public let kind: String
    /// Whether a job may begin.
    public let hasWaiting: Bool
    /// Whether the lease of a job has run out.
    public let hasExpired: Bool
}

/// A lease that ends later than any worker could have asked for: the server's clock has been set back.
public struct StrayLease: Sendable, Hashable {
    /// The job's number.
    public let id: Int64
    /// Its kind.
    public let kind: String
    /// The fencing token.
    public let fence: Int64
    /// When the lease would run out.
    public let leasedUntil: PostgresTimestamp
}

extension JobStore {
    /// Makes jobs whose time has come ready to begin.
    ///
    /// - Returns: How many.
    /// - Throws: ``PostgresError``
    @discardableResult
    public func promote() async throws -> Int {
        try await connection.execute(
            """
            /* jobs.job.promote */
            UPDATE jobs.job SET state = 'waiting' WHERE id IN (
                SELECT id FROM jobs.job WHERE state = 'delayed' AND run_at <= now()
                ORDER BY run_at LIMIT 1000 FOR UPDATE SKIP LOCKED)
            """
        )
    }

    /// What there is to do, kind by kind: one cheap question for an idle worker.
    ///
    /// - Throws: ``PostgresError``
    public func glance(kinds: [String]) async throws -> [JobGlance] {
        try await connection.query(
            """
            /* jobs.job.glance */
            SELECT asked.kind,
                EXISTS (SELECT FROM jobs.job WHERE job.kind = asked.kind AND state = 'waiting'),
                EXISTS (SELECT FROM jobs.job WHERE job.kind = asked.kind AND state = 'running' AND leased_until < now())
            FROM unnest(\(kinds)) AS asked (kind)
            """
        )
        .map { row in
            let (kind, hasWaiting, hasExpired) = try row.decode((String, Bool, Bool).self)
            return JobGlance(kind: kind, hasWaiting: hasWaiting, hasExpired: hasExpired)
        }
    }

    /// Gives the jobs whose lease has run out back to the queue, but for those that were begun often enough.
    ///
    /// - Parameters:
    ///   - kind: The kind of job.
    ///   - maximumAttempts: How often a job is begun at most.
    /// - Returns: How many jobs were taken from their workers.
    /// - Throws: ``PostgresError``
    @discardableResult
    public func reclaim(kind: String, maximumAttempts: Int) async throws -> Int {
        try await connection.execute(
            """
            /* jobs.job.reclaim */
            UPDATE jobs.job SET state = 'waiting', last_error = 'the lease of ' || owner || ' ran out', owner = NULL,
                leased_until = NULL
            WHERE id IN (
                SELECT id FROM jobs.job WHERE kind = \(kind) AND state = 'running' AND leased_until < now()
                    AND attempt < \(Int32(clamping: maximumAttempts))
                ORDER BY id FOR UPDATE SKIP LOCKED)
            """
        )
    }

    /// Takes a job whose lease has run out and that was begun often enough, so that it can be given up.
    ///
    /// A job that kills its worker must end as well. The attempt and the fence rise as with a claim.
    ///
    /// - Returns: The jobs; each is to be ended by ``fail(_:error:retryAfter:)``.
    /// - Throws: ``PostgresError``
    public func takeExhausted(
        kind: String,
        maximumAttempts: Int,
        owner: String,
        lease: Duration
    ) async throws -> [JobLease] {
        try await connection.query(
            """
            /* jobs.job.takeExhausted */
            WITH picked AS MATERIALIZED (
                SELECT id FROM jobs.job WHERE kind = \(kind) AND state = 'running' AND leased_until < now()
                    AND attempt >= \(Int32(clamping: maximumAttempts))
                ORDER BY id LIMIT 100 FOR UPDATE SKIP LOCKED)
            UPDATE jobs.job SET attempt = attempt + 1, fence = fence + 1,
                last_error = 'the lease of ' || owner || ' ran out', owner = \(owner),
                leased_until = now() + \(lease.milliseconds) * interval '1 millisecond'
            FROM picked WHERE job.id = picked.id
            RETURNING \(unescaped: Self.leaseColumns)
            """
        )
        .map(Self.lease)
    }

    /// Holds a job for longer.
    ///
    /// - Throws: ``JobError/fencedOff(id:fence:)``, ``PostgresError``
    public func renew(_ job: JobLease, lease: Duration) async throws {
        guard try await hold([job], renewing: [lease])[job.id] != nil else {
            throw JobError.fencedOff(id: job.id, fence: job.fence)
        }
    }

    /// Holds jobs for longer, and tells which are still held.
    ///
    /// A row that somebody has locked is being ended, and is left alone.
    ///
    /// - Parameters:
    ///   - jobs: The jobs.
    ///   - leases: For how long each from now on; `nil` only asks.
    /// - Returns: The numbers of the jobs that are still held, and whether somebody wants them to end.
    /// - Throws: ``PostgresError``
    public func hold(_ jobs: [JobLease], renewing leases: [Duration?]) async throws -> [Int64: Bool] {
        let rows = try await connection.query(
            """
            /* jobs.job.hold */
            WITH held AS MATERIALIZED (
                SELECT * FROM unnest(\(jobs.map(\.id)), \(jobs.map(\.fence)), \(leases.map { $0?.milliseconds }))
                    AS held (id, fence, lease)),
            locked AS MATERIALIZED (
                SELECT job.id, held.lease FROM jobs.job JOIN held ON job.id = held.id AND job.fence = held.fence
                WHERE job.state = 'running' AND held.lease IS NOT NULL
                ORDER BY job.id FOR UPDATE OF job SKIP LOCKED),
            renewed AS (
                UPDATE jobs.job SET leased_until = now() + locked.lease * interval '1 millisecond'
                FROM locked WHERE job.id = locked.id)
            SELECT job.id, job.cancel_requested FROM jobs.job
                JOIN held ON job.id = held.id AND job.fence = held.fence WHERE job.state = 'running'
            """
        )
        let pairs = try rows.map { try $0.decode((Int64, Bool).self) }
        return Dictionary(pairs.map { ($0.0, $0.1) }, uniquingKeysWith: { $0 || $1 })
    }

    /// Leases that end later than a lease of their kind, begun now, would end.
    ///
    /// - Parameters:
    ///   - kinds: The kinds of job.
    ///   - leases: How long a lease of each kind is.
    /// - Returns: The leases, none in ordinary times.
    /// - Throws: ``PostgresError``
    public func strays(kinds: [String], leases: [Duration]) async throws -> [StrayLease] {
        try await connection.query(
            """
            /* jobs.job.strays */
            SELECT job.id, job.kind, job.fence, job.leased_until
            FROM jobs.job JOIN unnest(\(kinds), \(leases.map(\.milliseconds))) AS asked (kind, lease)
                ON job.kind = asked.kind
            WHERE job.state = 'running' AND job.leased_until > now() + 2 * asked.lease * interval '1 millisecond'
            """
        )
        .map { row in
            let (id, kind, fence, leasedUntil) = try row.decode((Int64, String, Int64, PostgresTimestamp).self)
            return StrayLease(id: id, kind: kind, fence: fence, leasedUntil: leasedUntil)
        }
    }

    /// Lets leases run out now that nobody has renewed since they were seen.
    ///
    /// - Throws: ``PostgresError``
    public func expire(_ strays: [StrayLease]) async throws {
        _ = try await connection.execute(
            """
            /* jobs.job.expire */
            UPDATE jobs.job SET leased_until = now() - interval '1 millisecond'
            FROM unnest(\(strays.map(\.id)), \(strays.map(\.fence)), \(strays.map(\.leasedUntil)))
                AS stray (id, fence, leased_until)
            WHERE job.id = stray.id AND job.fence = stray.fence AND job.leased_until = stray.leased_until
                AND job.state = 'running'
            """
        )
    }
}
