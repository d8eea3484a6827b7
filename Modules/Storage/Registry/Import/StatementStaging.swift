public import DomainModel
public import PostgresClient

/// The rows of one file on their way into the table of statements; see ``RecordStaging``.
public struct StatementStaging {
    let connection: PostgresConnection
    let definition: StatementDefinition

    /// Uses a connection that is in a transaction.
    public init(_ connection: PostgresConnection, _ definition: StatementDefinition) {
        self.connection = connection
        self.definition = definition
    }

    /// Takes the rows.
    public static let copy = """
        COPY import_statement (line, row, subject, object, term, share, first_day, end_day, attributes, blind)
        FROM STDIN (FORMAT binary)
        """
    /// The number of columns of a staged row.
    public static let columnCount: Int16 = 10

    /// Makes the tables empty and ready.
    public func prepare() async throws {
        // blind   what the row's personal values are found by, FIELD:HASH with spaces between
        // number  that of the statement that the row says otherwise
        try await connection.execute(
            script: """
                CREATE TEMPORARY TABLE IF NOT EXISTS import_statement (
                    line integer, row integer, subject text, object text, term text, share numeric, first_day date,
                    end_day date, attributes jsonb, blind text, subject_id bigint, object_id bigint, slot text, number bigint
                ) ON COMMIT DELETE ROWS;
                CREATE TEMPORARY TABLE IF NOT EXISTS import_reference (
                    given text PRIMARY KEY, record_id bigint, key text, kind text, state text, merged_into text,
                    is_visible boolean
                ) ON COMMIT DELETE ROWS;
                CREATE TEMPORARY TABLE IF NOT EXISTS import_fault (
                    line integer, ordinal integer, code text, content text
                ) ON COMMIT DELETE ROWS;
                TRUNCATE import_statement, import_reference, import_fault;
                """
        )
    }

    /// Looks up the records that the file names, by key or by a public identifier such as `uscc:9133…`.
    ///
    /// An identifier that several records have, or none that the writer sees, names nothing.
    ///
    /// - Parameter identifiers: The fields that name a record; those about persons must be none of them, or whoever may
    ///   not see a value could ask for it.
    /// - Throws: `PostgresError`.
    public func findReferences(identifiers: [String]) async throws {
        _ = try await connection.execute(script: "ANALYZE import_statement")
        try await connection.execute(
            """
            /* registry.import.references */ INSERT INTO import_reference
            SELECT known.key, known.id, known.key, known.kind, known.state, known.merged_into, record.id IS NOT NULL
            FROM registry.related(ARRAY(
                    SELECT subject FROM import_statement
                    UNION SELECT object FROM import_statement WHERE object IS NOT NULL
                )) known
                LEFT JOIN registry.record ON record.id = known.id
            """
        )
        try await connection.execute(
            """
            /* registry.import.identifiers */ WITH named AS MATERIALIZED (
                SELECT given, split_part(given, ':', 1) AS field, substr(given, strpos(given, ':') + 1) AS value
                FROM (
                    SELECT subject FROM import_statement UNION SELECT object FROM import_statement
                ) AS both_ends (given)
                WHERE strpos(given, ':') > 0
            ), held AS MATERIALIZED (
                -- One look at all versions for each field that the file names, however many values it names.
                SELECT f.field, v.attributes->>f.field AS value, v.record_id
                FROM (SELECT DISTINCT field FROM named WHERE field = ANY (\(identifiers)::text[])) AS f
                    JOIN registry.record_version v ON v.superseded_by IS NULL AND v.attributes ? f.field
            )
            INSERT INTO import_reference
            SELECT named.given, min(r.id), min(r.key), min(r.kind), min(r.state), NULL, true
            FROM named JOIN held USING (field, value)
                JOIN registry.record r ON r.id = held.record_id AND r.state IN ('active', 'closed')
            GROUP BY named.given HAVING count(DISTINCT r.id) = 1
            """
        )
        _ = try await connection.execute(script: "ANALYZE import_reference")
    }

    /// A row whose records cannot be what they would be.
    public struct Fault: Sendable {
        /// The line of the row.
        public let line: Int
        /// The row as a spreadsheet counts it.
        public let row: Int
        /// What the file gives for the record that it is about.
        public let subject: String
        /// That record.
        public let subjectRecord: RelatedRecord?
        /// Whether the writer may see it.
        public let isVisible: Bool
        /// What the file gives for the record that it leads to.
        public let object: String?
        /// That record.
        public let objectRecord: RelatedRecord?
    }

    /// Takes out rows whose records are not there, or not what the kind of statement asks for.
    ///
    /// - Parameter body: Gets them in the order of the file.
    /// - Throws: What the body throws; `PostgresError`.
    public func removeFaults(_ body: (Fault) throws -> Void) async throws {
        let subjects = definition.subjects.map(\.rawValue)
        let objects = definition.objects.map(\.rawValue)
        let rows = try await connection.query(
            """
            /* registry.import.statementFaults */ WITH fault AS (
                SELECT s.ctid AS id, s.line, s.row, s.subject, a.key, a.kind, a.state, a.merged_into,
                    coalesce(a.is_visible, false) AS is_visible, s.object, b.key AS to_key, b.kind AS to_kind,
                    b.state AS to_state, b.merged_into AS to_merged
                FROM import_statement s
                    LEFT JOIN import_reference a ON a.given = s.subject
                    LEFT JOIN import_reference b ON b.given = s.object
                WHERE a.key IS NULL OR NOT a.is_visible OR a.state NOT IN ('active', 'closed')
                    OR a.kind <> ALL (\(subjects)::text[])
                    OR (s.object IS NOT NULL AND (
                        b.key IS NULL OR b.state NOT IN ('active', 'closed') OR b.kind <> ALL (\(objects)::text[])
                    ))
            ), removed AS (
                DELETE FROM import_statement USING fault WHERE import_statement.ctid = fault.id
            )
            SELECT line, row, subject, key, kind, state, merged_into, is_visible, object, to_key, to_kind, to_state,
                to_merged
            FROM fault ORDER BY line
            """
        )
        for row in rows { try body(Self.fault(row)) }
    }

    private static func fault(_ row: PostgresRow) throws -> Fault {
        let (line, number, subject, key, kind, state, merged, isVisible, object, toKey, toKind, toState, toMerged) =
            try row.decode(
                (
                    Int32, Int32, String, String?, String?, String?, String?, Bool, String?, String?, String?, String?,
                    String?
                ).self
            )
        return Fault(
            line: Int(line),
            row: Int(number),
            subject: subject,
            subjectRecord: try record(key, kind, state, merged),
            isVisible: isVisible,
            object: object,
            objectRecord: try record(toKey, toKind, toState, toMerged)
        )
    }

    private static func record(
        _ key: String?,
        _ kind: String?,
        _ state: String?,
        _ merged: String?
    ) throws -> RelatedRecord? {
        guard let key, let kind, let state else { return nil }
        return RelatedRecord(
            key: key,
            kind: try stored(RegistryKind.self, kind),
            state: try stored(RecordState.self, state),
            mergedInto: merged
        )
    }
}
