public import PostgresClient

/// The outbox: events are put in with the transaction that makes them true, and read as a feed without gaps.
///
/// Numbers that are drawn inside transactions become visible out of order, and a reader that remembers the highest
/// one it saw misses those that commit later. Therefore an event first waits without a position; ``place()`` gives
/// positions to what has been committed, one placer at a time.
public struct OutboxStore {
    let connection: PostgresConnection

    /// Uses a connection; the caller decides on the transaction.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// An event of the feed.
    public struct Event: Sendable, Hashable {
        /// Its place in the feed, from 1 on without gaps.
        public let position: Int64
        /// Its name, unique for ever.
        public let id: String
        /// What happened.
        public let type: String
        /// To what.
        public let subject: String
        /// The event as CloudEvents 1.0 in JSON, UTF-8.
        public let document: String
    }

    /// Puts an event in, as part of the caller's transaction.
    ///
    /// Other transactions that publish for the same subject wait for this one's end; so publish last.
    ///
    /// - Parameters:
    ///   - type: What happened: `ceyuan.batch.committed`.
    ///   - subject: To what: `/v1/batches/17`.
    ///   - data: A JSON document as UTF-8.
    ///   - activity: The occasion: a request's id or `job:N`.
    /// - Throws: ``PostgresError``
    public func append(type: String, subject: String, data: [UInt8], activity: String) async throws {
        _ = try await connection.execute(
            """
            /* outbox.pending.append */
            WITH turn AS (
                INSERT INTO outbox.subject AS known (subject, sequence) VALUES (\(subject), 1)
                ON CONFLICT (subject) DO UPDATE SET sequence = known.sequence + 1 RETURNING sequence)
            INSERT INTO outbox.pending (type, subject, sequence, activity, data)
            SELECT \(type), \(subject), sequence, \(activity), \(PostgresJSONB(data)) FROM turn
            """
        )
    }

    /// Puts events of one type in, each of another subject, as ``append(type:subject:data:activity:)`` does one.
    ///
    /// - Parameters:
    ///   - type: What happened.
    ///   - events: To what, each once, with JSON documents.
    ///   - activity: The occasion.
    /// - Throws: ``PostgresError``
    public func append(type: String, _ events: [(subject: String, data: String)], activity: String) async throws {
        if events.isEmpty { return }
        _ = try await connection.execute(
            """
            /* outbox.pending.appendAll */
            WITH given AS (
                SELECT subject, data FROM unnest(\(events.map(\.subject))::text[], \(events.map(\.data))::text[])
                    AS given (subject, data)
            ), turn AS (
                -- In one order, so that two of these never wait for each other.
                INSERT INTO outbox.subject AS known (subject, sequence)
                SELECT subject, 1 FROM given ORDER BY subject COLLATE "C"
                ON CONFLICT (subject) DO UPDATE SET sequence = known.sequence + 1 RETURNING subject, sequence
            )
            INSERT INTO outbox.pending (type, subject, sequence, activity, data)
            SELECT \(type)::text, subject, sequence, \(activity)::text, data::jsonb FROM given JOIN turn USING (subject)
            ORDER BY subject COLLATE "C"
            """
        )
    }

    /// Gives positions to events that have been committed; the transaction is to be the caller's and short.
    ///
    /// - Returns: How many; when it is ``placedAtOnce`` there may be more.
    /// - Throws: ``PostgresError``
    @discardableResult
    public func place() async throws -> Int {
        let pending = try await connection.queryOne(
            "/* outbox.pending.any */ SELECT EXISTS (SELECT FROM outbox.pending)"
        )
        guard try pending?.decode(Bool.self) == true else { return 0 }
        let row = try await connection.queryOne(
            "/* outbox.clock.lock */ SELECT newest FROM outbox.clock FOR UPDATE"
        )
        guard let newest = try row?.decode(Int64.self) else { throw StorageError.missing("the clock of the outbox") }
        // A statement of its own, so that it sees what was committed while it waited for the lock.
        let count = try await connection.execute(
            """
            /* outbox.event.place */
            WITH moved AS (
                DELETE FROM outbox.pending
                WHERE id IN (SELECT id FROM outbox.pending ORDER BY id LIMIT \(Int64(Self.placedAtOnce))) RETURNING *)
            INSERT INTO outbox.event (position, event_id, type, subject, sequence, activity, at, data, trace)
            SELECT \(newest) + row_number() OVER (ORDER BY id), event_id, type, subject, sequence, activity, at, data, trace
            FROM moved
            """
        )
        _ = try await connection.execute(
            "/* outbox.clock.advance */ UPDATE outbox.clock SET newest = newest + \(Int64(count))"
        )
        return count
    }

    /// How many events ``place()`` places at most.
    public static let placedAtOnce = 1_000

    /// The position of the newest event, 0 before the first.
    public func newest() async throws -> Int64 {
        let row = try await connection.queryOne("/* outbox.clock.newest */ SELECT newest FROM outbox.clock")
        return try row?.decode(Int64.self) ?? 0
    }

    /// The position of the oldest event that is kept; one after the newest when none is.
    public func oldest() async throws -> Int64 {
        let row = try await connection.queryOne(
            """
            /* outbox.event.oldest */
            SELECT coalesce((SELECT min(position) FROM outbox.event), (SELECT newest + 1 FROM outbox.clock))
            """
        )
        return try row?.decode(Int64.self) ?? 1
    }

    /// Events of the feed in their order.
    ///
    /// - Parameters:
    ///   - after: Only those after this position.
    ///   - upTo: Only those up to this position.
    ///   - types: Only those of these types; `ceyuan.batch.*` stands for all that begin so. Empty: all.
    ///   - subject: Only those of a subject.
    ///   - limit: At most so many.
    /// - Returns: What was found.
    /// - Throws: ``PostgresError``
    public func events(
        after: Int64,
        upTo: Int64,
        types: [String] = [],
        subject: String? = nil,
        limit: Int
    ) async throws -> [Event] {
        try await connection.query(
            """
            /* outbox.event.list */ SELECT \(unescaped: Self.columns) FROM outbox.event
            WHERE position > \(after) AND position <= \(upTo)
                AND (\(subject)::text IS NULL OR subject = \(subject))
                AND (cardinality(\(types)) = 0 OR EXISTS (SELECT FROM unnest(\(types)) AS wanted (pattern)
                    WHERE \(unescaped: Self.matches)))
            ORDER BY position LIMIT \(limit)
            """
        )
        .map(Self.event)
    }

    /// Prepares the days to come of the feed and drops those that were kept long enough.
    ///
    /// - Throws: ``PostgresError``
    public func maintain(keptDays days: Int) async throws {
        try await connection.query(
            "/* outbox.event.keepDays */ SELECT jobs.keep_days('outbox.event', \(Int32(clamping: days)), 7)::text"
        )
    }

    /// Whether the event's `type` is one that `pattern` stands for.
    static let matches = "type = pattern OR pattern LIKE '%*' AND starts_with(type, left(pattern, -1))"

    static let columns = "position, event_id::text, type, subject, \(documentColumn)"

    /// An event as CloudEvents 1.0 in JSON, of the columns of `outbox.event`.
    ///
    /// Source of `traceparent`: CloudEvents, "Distributed Tracing Extension".
    static let documentColumn = """
        (jsonb_build_object(
            'specversion', '1.0', 'id', event_id, 'source', 'urn:ceyuan', 'type', type, 'subject', subject,
            'time', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
            'datacontenttype', 'application/json', 'sequence', sequence::text, 'position', position::text,
            'activity', activity, 'data', data)
            || CASE WHEN trace IS NULL THEN '{}' ELSE jsonb_build_object('traceparent', trace) END)::text
        """

    static func event(_ row: PostgresRow) throws -> Event {
        let (position, id, type, subject, document) = try row.decode((Int64, String, String, String, String).self)
        return Event(position: position, id: id, type: type, subject: subject, document: document)
    }
}
