public import DomainModel
public import PostgresClient

/// Schedules as data, each with its next time.
///
/// A value of it lives as long as one use of a connection; the caller decides on the transaction.
public struct ScheduleStore {
    private let connection: PostgresConnection

    /// Uses a connection.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// The database's time: the one that all hosts go by.
    public func now() async throws -> Instant {
        let row = try await connection.queryOne("/* jobs.clock.now */ SELECT now()")
        guard let row else { throw StorageError.missing("the time") }
        return Instant(try row.decode(PostgresTimestamp.self))
    }

    /// Makes a schedule, or changes the one of the name.
    ///
    /// - Throws: ``PostgresError``
    public func put(_ name: String, _ order: ScheduleOrder, nextAt: Instant) async throws {
        _ = try await connection.execute(
            """
            /* jobs.schedule.put */
            INSERT INTO jobs.schedule (name, cron, time_zone, kind, payload, priority, missed, next_at)
            VALUES (\(name), \(order.cron), \(order.timeZone), \(order.kind), \(order.payload ?? "{}"),
                \(Int32(clamping: order.priority ?? 0)), \((order.missed ?? .once).rawValue),
                \(PostgresTimestamp(nextAt)))
            ON CONFLICT (name) DO UPDATE SET cron = excluded.cron, time_zone = excluded.time_zone,
                kind = excluded.kind, payload = excluded.payload, priority = excluded.priority,
                missed = excluded.missed, next_at = excluded.next_at
            """
        )
    }

    /// A schedule by its name.
    public func find(_ name: String) async throws -> Schedule? {
        let row = try await connection.queryOne(
            """
            /* jobs.schedule.byName */ SELECT \(unescaped: Self.columns) FROM jobs.schedule WHERE name = \(name)
            """
        )
        return try row.map(Self.schedule)
    }

    /// Schedules in the order of their names.
    ///
    /// - Returns: At most `limit`, those after a name.
    /// - Throws: ``PostgresError``, ``StorageError``
    public func list(after: String?, limit: Int) async throws -> [Schedule] {
        try await connection.query(
            """
            /* jobs.schedule.list */ SELECT \(unescaped: Self.columns) FROM jobs.schedule
            WHERE (\(after)::text IS NULL OR name > \(after)) ORDER BY name LIMIT \(limit)
            """
        )
        .map(Self.schedule)
    }

    /// Removes a schedule; jobs that it has put into the queue stay there.
    ///
    /// - Returns: False when there was none.
    /// - Throws: ``PostgresError``
    public func remove(_ name: String) async throws -> Bool {
        try await connection.execute("/* jobs.schedule.remove */ DELETE FROM jobs.schedule WHERE name = \(name)") > 0
    }

    /// Stops a schedule, or lets it go on at its next time.
    ///
    /// - Throws: ``PostgresError``
    public func set(_ name: String, isPaused: Bool, nextAt: Instant) async throws {
        _ = try await connection.execute(
            """
            /* jobs.schedule.pause */ UPDATE jobs.schedule SET is_paused = \(isPaused),
                next_at = \(PostgresTimestamp(nextAt)) WHERE name = \(name)
            """
        )
    }

    /// Takes the schedules whose time has come, for this transaction alone; also those whose last time lies more than
    /// a day ahead, since the clock has been set back then.
    ///
    /// - Returns: The schedules; nobody else gets them before the transaction ends.
    /// - Throws: ``PostgresError``, ``StorageError``
    public func lockDue(at now: Instant) async throws -> [Schedule] {
        let now = PostgresTimestamp(now)
        return try await connection.query(
            """
            /* jobs.schedule.lockDue */ SELECT \(unescaped: Self.columns) FROM jobs.schedule
            WHERE NOT is_paused AND (next_at <= \(now) OR last_at > \(now)::timestamptz + interval '1 day')
            ORDER BY next_at LIMIT 100 FOR UPDATE SKIP LOCKED
            """
        )
        .map(Self.schedule)
    }

    /// Records what became of a time.
    ///
    /// - Throws: ``PostgresError``
    public func advance(_ name: String, nextAt: Instant, lastAt: Instant?, lastJob: Int64?) async throws {
        _ = try await connection.execute(
            """
            /* jobs.schedule.advance */ UPDATE jobs.schedule SET next_at = \(PostgresTimestamp(nextAt)),
                last_at = \(lastAt.map { PostgresTimestamp($0) }), last_job = \(lastJob) WHERE name = \(name)
            """
        )
    }

    /// A change of the clocks: from an instant on (seconds since 1970) local time is so many seconds ahead of UTC.
    public typealias OffsetChange = (from: Int64, seconds: Int)

    /// How far a time zone is ahead of UTC from now on, for nine years: long enough for every leap day.
    ///
    /// The server's time zones are asked, so that all hosts agree. Clocks change on quarters of an hour.
    ///
    /// - Returns: The offset at the beginning, then each change.
    /// - Throws: ``PostgresError`` with SQLSTATE 22023 when the server knows no such zone.
    public func offsets(of zone: String, from start: Instant) async throws -> [OffsetChange] {
        let start = PostgresTimestamp(start)
        return try await connection.query(
            """
            /* jobs.zone.offsets */
            WITH day AS (
                SELECT t, lead(t) OVER (ORDER BY t) AS next_t, \(unescaped: Self.offset("t", of: zone))
                FROM generate_series(date_trunc('day', \(start)::timestamptz - interval '2 days', 'UTC'),
                    \(start)::timestamptz + interval '9 years', interval '1 day') AS t),
            turn AS (SELECT *, lead(o) OVER (ORDER BY t) AS next_o FROM day),
            quarter AS (
                SELECT q, \(unescaped: Self.offset("q", of: zone))
                FROM turn, generate_series(turn.t, turn.next_t, interval '15 minutes') AS q
                WHERE turn.o <> turn.next_o),
            change AS (SELECT q, o, lag(o) OVER (ORDER BY q) AS last_o FROM quarter)
            (SELECT extract(epoch FROM t)::bigint, o FROM day ORDER BY t LIMIT 1)
            UNION ALL SELECT extract(epoch FROM q)::bigint, o FROM change WHERE o <> last_o ORDER BY 1
            """
        )
        .map { row in
            let (from, seconds) = try row.decode((Int64, Int32).self)
            return (from, Int(seconds))
        }
    }

    /// SQL for the offset of a zone at an instant. The zone's name has been checked to be one: see ``isZoneName(_:)``.
    private static func offset(_ instant: String, of zone: String) -> String {
        precondition(isZoneName(zone))
        return "extract(epoch FROM (\(instant) AT TIME ZONE '\(zone)') - (\(instant) AT TIME ZONE 'UTC'))::int AS o"
    }

    /// Whether a text is the name of a zone as the IANA database has them: `Asia/Shanghai`, `UTC`.
    ///
    /// The server also takes POSIX rules such as `UTC+8`, whose sign means the opposite of what people expect.
    public static func isZoneName(_ text: String) -> Bool {
        if text == "UTC" { return true }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        return (2...3).contains(parts.count) && text.utf8.count <= 64
            && parts.allSatisfy { part in
                part.first?.isLetter == true
                    && part.utf8.allSatisfy { byte in
                        byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
                            || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte & 0xDF)
                    }
            }
    }

    private static let columns = """
        name, cron, time_zone, kind, payload, priority, missed, is_paused, next_at, last_at, last_job
        """

    private static func schedule(_ row: PostgresRow) throws -> Schedule {
        let (name, cron, zone, kind, payload, priority, missed, isPaused, nextAt, lastAt, lastJob) = try row.decode(
            (
                String, String, String, String, String, Int32, String, Bool, PostgresTimestamp, PostgresTimestamp?,
                Int64?
            ).self
        )
        return Schedule(
            name: name,
            cron: cron,
            timeZone: zone,
            kind: kind,
            payload: payload,
            priority: Int(priority),
            missed: try stored(Schedule.Missed.self, missed),
            isPaused: isPaused,
            nextAt: Instant(nextAt),
            lastAt: lastAt.map { Instant($0) },
            lastJob: lastJob
        )
    }
}
