public import DomainModel
public import PostgresClient

/// Reads what was recorded, write by write, in the order of the recorded time.
///
/// Writes take their instants one after the other, each as the last thing before its commit
/// (docs/decisions/0004). Whoever sees one therefore sees all before it, in one snapshot, and a reader that
/// remembers how far it came misses nothing.
public struct RecordChangeStore {
    private let connection: PostgresConnection

    /// Uses a connection; the caller decides on the transaction, which must see one state of the database throughout.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// The most writes that are looked at in one go.
    private static let recordingsAtOnce = 200

    /// A part of the feed.
    public struct Part: Sendable {
        /// The changes.
        public let changes: [RecordChange]
        /// Up to where everything was looked at.
        public let next: ChangePlace
        /// Whether there is more after it.
        public let hasMore: Bool
    }

    /// The place after all that has been recorded.
    public func newest() async throws -> ChangePlace {
        let row = try await connection.queryOne(
            "/* registry.change.newest */ SELECT max(recorded_at) FROM registry.recording"
        )
        guard let instant = try row?.decode(PostgresTimestamp?.self) else { return .start }
        return ChangePlace(instant: Instant(instant), record: .max)
    }

    /// What was recorded after a place, of records that the caller sees.
    ///
    /// - Parameters:
    ///   - place: Where the part before ended.
    ///   - kinds: Which kinds of record; all if empty.
    ///   - limit: At most so many.
    /// - Returns: The part; it may be empty and yet have more after it.
    /// - Throws: `PostgresError`; ``StorageError`` when the database holds what this program does not know.
    public func changes(after place: ChangePlace, kinds: [RegistryKind], limit: Int) async throws -> Part {
        let recordings = try await connection.query(
            """
            /* registry.change.recordings */ SELECT recorded_at FROM registry.recording
            WHERE recorded_at >= \(PostgresTimestamp(place.instant)) ORDER BY recorded_at
            LIMIT \(Int64(Self.recordingsAtOnce))
            """
        ).map { Instant(try $0.decode(PostgresTimestamp.self)) }
        guard let last = recordings.last else { return Part(changes: [], next: place, hasMore: false) }
        let touched = try await touched(after: place, upTo: last, limit: limit)
        let changes = try await ChangeReading(connection).read(
            touched.filter { kinds.isEmpty || kinds.contains($0.kind) }
        )
        if touched.count == limit, let end = touched.last {
            return Part(changes: changes, next: end.place, hasMore: true)
        }
        let end = max(place, ChangePlace(instant: last, record: .max))
        return Part(changes: changes, next: end, hasMore: recordings.count == Self.recordingsAtOnce)
    }

    /// A record that a write has touched.
    struct Touched {
        let place: ChangePlace
        let recording: Int64
        let key: String
        let kind: RegistryKind
        let recorded: Recording
        /// How it ended, if this write has merged or erased it.
        let ending: RecordState?

        /// The row number of the record.
        var record: Int64 { place.record }
    }

    private func touched(after place: ChangePlace, upTo last: Instant, limit: Int) async throws -> [Touched] {
        var conditions = ListConditions()
        let (from, to) = (conditions.bind(PostgresTimestamp(place.instant)), conditions.bind(PostgresTimestamp(last)))
        let (floor, most) = (conditions.bind(place.record), conditions.bind(Int64(limit)))
        // Each branch gives its first records by itself, so that a write of a million is read a page at a time.
        func branch(_ column: String, _ table: String, _ condition: String) -> String {
            """
            (SELECT DISTINCT \(column) AS id FROM registry.\(table)
            WHERE \(condition) = write.id AND \(column) > write.floor ORDER BY \(column) LIMIT \(most)::bigint)
            """
        }
        let branches = [
            branch("record_id", "record_version", "recorded_by"),
            branch("record_id", "record_version", "superseded_by"),
            branch("subject_id", "statement", "recorded_by"), branch("subject_id", "statement", "superseded_by"),
            branch("id", "record", "state IN ('merged', 'erased') AND recording_id"),
        ]
        let sql = """
            /* registry.change.touched */
            SELECT touched.id, record.key, record.kind,
                CASE WHEN record.recording_id = write.id AND record.state IN ('merged', 'erased') THEN record.state END,
                write.id, \(Recording.columns("write"))
            FROM (
                SELECT recording.*, CASE WHEN recorded_at = \(from) THEN \(floor)::bigint ELSE 0 END AS floor
                FROM registry.recording WHERE recorded_at >= \(from) AND recorded_at <= \(to)
            ) write CROSS JOIN LATERAL (
                SELECT id FROM (\(branches.joined(separator: " UNION "))) one ORDER BY id LIMIT \(most)::bigint
            ) touched
            JOIN registry.record ON record.id = touched.id
            ORDER BY write.recorded_at, touched.id LIMIT \(most)::bigint
            """
        return try await connection.query(PostgresQuery(sql: sql, binds: conditions.binds)).map { row in
            let (id, key, kind, ending, recording, at, principal, reason, file, locator, batch) = try row.decode(
                (
                    Int64, String, String, String?, Int64, PostgresTimestamp?, String, String, String?, String?, Int64?
                ).self
            )
            let recorded = Recording(at, principal, reason, file, locator, batch)
            return Touched(
                place: ChangePlace(instant: recorded.at, record: id),
                recording: recording,
                key: key,
                kind: try stored(RegistryKind.self, kind),
                recorded: recorded,
                ending: try ending.map { try stored(RecordState.self, $0) }
            )
        }
    }
}
