public import DomainModel
import PostgresClient

extension StatementStaging {
    /// A staged row, or a believed statement beside it.
    public struct Entry: Sendable {
        /// The number of the record that it is about.
        public let subject: Int64
        /// The line of the row; `nil` for a believed statement.
        public let line: Int?
        /// The row as a spreadsheet counts it.
        public let row: Int
        /// What it says, its object by number.
        public let draft: StatementDraft
    }

    /// Finds the records of which the rows may say something twice, or too large a share in sum.
    ///
    /// It looks at all rows as one set, and may find too many: what is wrong, if anything, the model says.
    ///
    /// - Returns: How many pages of them there are.
    /// - Throws: `PostgresError`.
    public func findSuspects() async throws -> Int {
        try await connection.execute(
            script: """
                CREATE TEMPORARY TABLE IF NOT EXISTS import_suspect (page integer, subject_id bigint)
                    ON COMMIT DELETE ROWS;
                CREATE INDEX IF NOT EXISTS import_suspect_page ON import_suspect (page);
                TRUNCATE import_suspect;
                """
        )
        let isShared = definition.shares == .subject || definition.shares == .term
        guard definition.slot != .none || isShared else { return 0 }
        let isByTerm = definition.shares == .term
        try await connection.execute(
            """
            /* registry.import.suspects */ WITH said AS MATERIALIZED (
                SELECT subject_id, slot, term, share, coalesce(first_day, '-infinity') AS begins,
                    coalesce(end_day, 'infinity') AS ends
                FROM import_statement
                UNION ALL
                SELECT known.subject_id, known.slot, known.term, known.share, coalesce(lower(known.valid), '-infinity'),
                    coalesce(upper(known.valid), 'infinity')
                FROM registry.statement known
                WHERE known.type = \(definition.code) AND known.superseded_by IS NULL
                    AND known.subject_id IN (SELECT subject_id FROM import_statement)
                    AND NOT EXISTS (SELECT FROM import_statement s WHERE s.number = known.number)
            ), overlapping AS (
                SELECT subject_id FROM (
                    SELECT subject_id, begins, max(ends) OVER (
                        PARTITION BY subject_id, slot ORDER BY begins ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
                    ) AS reached
                    FROM said WHERE slot IS NOT NULL
                ) AS placed WHERE begins < reached
            ), large AS (
                SELECT subject_id FROM said WHERE \(isShared) AND share IS NOT NULL
                GROUP BY subject_id HAVING sum(share) > 1
            ), step AS (
                SELECT subject_id, CASE WHEN \(isByTerm) THEN term END AS part, turn.day, turn.delta
                FROM said JOIN large USING (subject_id)
                    CROSS JOIN LATERAL (VALUES (begins, share), (ends, -share)) AS turn (day, delta)
                WHERE share IS NOT NULL
            ), summed AS (
                SELECT subject_id, sum(delta) OVER (
                    PARTITION BY subject_id, part ORDER BY day, delta ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
                ) AS total
                FROM step
            ), suspect AS (
                SELECT subject_id FROM overlapping UNION SELECT subject_id FROM summed WHERE total > 1
            )
            INSERT INTO import_suspect
            SELECT (row_number() OVER (ORDER BY subject_id) - 1) / 500, subject_id FROM suspect
            """
        )
        let row = try await connection.queryOne("SELECT coalesce(max(page), -1) FROM import_suspect")
        return Int(try row?.decode(Int32.self) ?? -1) + 1
    }

    /// What is said, or to be said, about the records of a page: by record, believed statements first, then by line.
    public func suspects(page: Int) async throws -> [Entry] {
        try await connection.query(
            """
            /* registry.import.suspects.page */ SELECT s.subject_id, s.line, s.row, s.object_id::text, s.term, s.share,
                s.first_day::text, s.end_day::text
            FROM import_statement s JOIN import_suspect USING (subject_id) WHERE page = \(Int32(page))
            UNION ALL
            SELECT known.subject_id, NULL, 0, known.object_id::text, known.term, known.share,
                lower(known.valid)::text, upper(known.valid)::text
            FROM registry.statement known JOIN import_suspect USING (subject_id)
            WHERE page = \(Int32(page)) AND known.type = \(definition.code) AND known.superseded_by IS NULL
                AND NOT EXISTS (SELECT FROM import_statement s WHERE s.number = known.number)
            ORDER BY 1, 2 NULLS FIRST
            """
        ).map(entry)
    }

    private func entry(_ row: PostgresRow) throws -> Entry {
        let (subject, line, number, object, term, share, from, until) = try row.decode(
            (Int64, Int32?, Int32, String?, String?, PostgresNumeric?, String?, String?).self
        )
        return Entry(
            subject: subject,
            line: line.map { Int($0) },
            row: Int(number),
            draft: StatementDraft(
                definition.code,
                object: object,
                term: term,
                share: try share.map { try ExactDecimal($0).normalized },
                from: try from.map { try CivilDate.stored($0) },
                until: try until.map { try CivilDate.stored($0) }
            )
        )
    }
}
