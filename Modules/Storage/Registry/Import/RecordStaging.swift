public import DomainModel
public import PostgresClient

/// The rows of one file on their way into the table of records.
///
/// A temporary table without indexes takes them by binary COPY; few statements move them on. All of it runs in one
/// transaction of one connection, so that a rehearsal is the same thing rolled back.
public struct RecordStaging {
    let connection: PostgresConnection
    let kind: RegistryKind

    /// Uses a connection that is in a transaction.
    public init(_ connection: PostgresConnection, kind: RegistryKind) {
        self.connection = connection
        self.kind = kind
    }

    /// Takes the rows: a number for a new record comes by itself.
    public static let copy = """
        COPY import_record (
            line, row, key, first_day, state, region_id, is_lacking, attributes, master, wrapped, blind
        )
        FROM STDIN (FORMAT binary)
        """
    /// The number of columns of a staged row.
    public static let columnCount: Int16 = 11

    /// Makes the tables ready and empty.
    public func prepare() async throws {
        // is_lacking  what a new record must have is not all there
        // master      the name of the master key that wraps the key which this row's personal values are sealed with
        // wrapped     that key
        // blind       what those values are found by, FIELD:HASH with spaces between
        // is_later    an earlier row of the file has the same key: it makes the record, this one changes it
        // In import_entry stands what new records are found by, until all of them are made.
        // The sorts of a load are few and large.
        try await connection.execute(
            script: """
                CREATE TEMPORARY TABLE IF NOT EXISTS import_record (
                    id bigint NOT NULL DEFAULT nextval('registry.record_id_seq'),
                    line integer, row integer, key text, first_day date, state text, region_id integer,
                    is_lacking boolean, attributes jsonb, master text, wrapped bytea, blind text,
                    is_later boolean NOT NULL DEFAULT false
                ) ON COMMIT DELETE ROWS;
                CREATE TEMPORARY TABLE IF NOT EXISTS import_known (
                    key text PRIMARY KEY, record_id bigint, kind text, state text, merged_into text,
                    is_visible boolean, first_day date
                ) ON COMMIT DELETE ROWS;
                CREATE TEMPORARY TABLE IF NOT EXISTS import_entry (field text, hash bytea, record_id bigint)
                    ON COMMIT DELETE ROWS;
                TRUNCATE import_entry;
                SET LOCAL work_mem = '128MB';
                """
        )
        try await empty()
    }

    /// Forgets the rows.
    public func empty() async throws {
        try await connection.execute(script: "TRUNCATE import_record, import_known")
    }

    /// Takes rows.
    ///
    /// - Parameter rows: A whole COPY in PostgreSQL's binary format.
    /// - Throws: `PostgresError`.
    public func take(_ rows: PostgresBinaryBuffer) async throws {
        try await connection.copyIn(Self.copy) { writer in try await writer.write(rows) }
    }

    /// Looks up the records that the file names; call it when all rows are staged.
    ///
    /// - Returns: Whether there are any.
    public func findKnown() async throws -> Bool {
        // The rest of the columns is large, and no plan depends on it.
        _ = try await connection.execute(script: "ANALYZE import_record (line, key, first_day, is_lacking, is_later)")
        let count = try await connection.execute(
            """
            /* registry.import.known */ INSERT INTO import_known
            SELECT known.key, known.id, known.kind, known.state, known.merged_into, record.id IS NOT NULL,
                (
                    SELECT min(v.valid_from) FROM registry.record_version v
                    WHERE v.record_id = known.id AND v.superseded_by IS NULL
                )
            FROM registry.related(ARRAY(SELECT key FROM import_record WHERE key IS NOT NULL)) known
                LEFT JOIN registry.record ON record.id = known.id
            """
        )
        if count > 0 { _ = try await connection.execute(script: "ANALYZE import_known") }
        return count > 0
    }

    /// Whether the file names any key twice.
    public func repeatsKeys() async throws -> Bool {
        try await connection.queryOne(
            """
            /* registry.import.repeats */ SELECT FROM import_record WHERE key IS NOT NULL
            GROUP BY key HAVING count(*) > 1 LIMIT 1
            """
        ) != nil
    }

    /// A row that says of a record and day again, or otherwise, what another row says.
    public struct Repetition: Sendable {
        /// The line of the row.
        public let line: Int
        /// The row as a spreadsheet counts it.
        public let row: Int
        /// The line of the first row with this key and day.
        public let firstLine: Int
        /// Whether all such rows say the same.
        public let isSame: Bool
        /// The key.
        public let key: String
    }

    /// Takes out rows that repeat a key and day: all but the first where they agree, all of them where they do not.
    ///
    /// - Parameter sealed: The codes of sealed fields, whose texts differ though they say the same.
    /// - Returns: The rows taken out, in the order of the file.
    /// - Throws: `PostgresError`.
    public func removeRepetitions(sealed: [String]) async throws -> [Repetition] {
        try await connection.query(
            """
            /* registry.import.repetitions */ WITH repeated AS (
                SELECT key, coalesce(first_day, '-infinity') AS day FROM import_record WHERE key IS NOT NULL
                GROUP BY 1, 2 HAVING count(*) > 1
            ), member AS (
                SELECT l.ctid AS id, l.key, l.line, l.row, first_value(l.line) OVER same AS first_line, repeated.day,
                    (l.state, l.attributes - \(sealed)::text[], l.blind) IS NOT DISTINCT FROM (
                        first_value(l.state) OVER same, first_value(l.attributes) OVER same - \(sealed)::text[],
                        first_value(l.blind) OVER same
                    ) AS is_as_first
                FROM import_record l
                    JOIN repeated ON repeated.key = l.key AND repeated.day = coalesce(l.first_day, '-infinity')
                WINDOW same AS (PARTITION BY l.key, repeated.day ORDER BY l.line)
            ), judged AS (
                SELECT *, bool_and(is_as_first) OVER (PARTITION BY key, day) AS is_same FROM member
            ), removed AS (
                DELETE FROM import_record USING judged
                WHERE import_record.ctid = judged.id AND NOT (judged.is_same AND judged.line = judged.first_line)
            )
            SELECT line, row, first_line, is_same, key FROM judged
            WHERE NOT (is_same AND line = first_line) ORDER BY line
            """
        ).map { row in
            let (line, number, firstLine, isSame, key) = try row.decode((Int32, Int32, Int32, Bool, String).self)
            return Repetition(
                line: Int(line),
                row: Int(number),
                firstLine: Int(firstLine),
                isSame: isSame,
                key: key
            )
        }
    }

    /// Marks rows whose key an earlier day of the file has.
    ///
    /// - Returns: Whether there are any.
    public func markLater() async throws -> Bool {
        try await connection.execute(
            """
            /* registry.import.later */ WITH repeated AS (
                SELECT key FROM import_record WHERE key IS NOT NULL GROUP BY key HAVING count(*) > 1
            ), placed AS (
                SELECT l.ctid AS id,
                    row_number() OVER (PARTITION BY l.key ORDER BY l.first_day NULLS FIRST, l.line) AS place
                FROM import_record l JOIN repeated USING (key)
            )
            UPDATE import_record SET is_later = true FROM placed WHERE import_record.ctid = placed.id AND place > 1
            """
        ) > 0
    }
}
