import DomainModel
import PostgresClient

extension StatementStaging {
    /// Gives the rows their records and slots.
    public func resolve() async throws {
        try await connection.execute(
            """
            /* registry.import.resolve */ UPDATE import_statement s
            SET subject_id = given.subject_id, object_id = given.object_id,
                slot = registry.slot_of(\(definition.slot.rawValue), given.object_id, s.term)
            FROM (
                SELECT e.ctid AS id, a.record_id AS subject_id, b.record_id AS object_id
                FROM import_statement e
                    JOIN import_reference a ON a.given = e.subject
                    LEFT JOIN import_reference b ON b.given = e.object
            ) AS given
            WHERE s.ctid = given.id
            """
        )
        _ = try await connection.execute(script: "ANALYZE import_statement")
    }

    /// Takes out rows that say what is believed already, and finds those that say it otherwise.
    ///
    /// A row says otherwise what a statement says when subject, object, term and first day are the same, and only one such
    /// statement is believed.
    ///
    /// - Returns: How many were taken out.
    /// - Throws: `PostgresError`.
    public func match() async throws -> Int64 {
        let known = try await connection.queryOne(
            """
            /* registry.import.statementsAny */ SELECT FROM registry.statement
            WHERE type = \(definition.code) AND superseded_by IS NULL LIMIT 1
            """
        )
        if known == nil { return 0 }
        let unchanged = try await connection.execute(
            """
            /* registry.import.statementsUnchanged */ DELETE FROM import_statement s USING registry.statement known
            WHERE known.type = \(definition.code) AND known.superseded_by IS NULL
                AND known.subject_id = s.subject_id AND known.object_id IS NOT DISTINCT FROM s.object_id
                AND known.term IS NOT DISTINCT FROM s.term AND known.share IS NOT DISTINCT FROM s.share
                AND known.valid = daterange(s.first_day, s.end_day) AND known.attributes = s.attributes
            """
        )
        try await connection.execute(
            """
            /* registry.import.statementsKnown */ WITH same AS (
                SELECT s.ctid AS id, min(known.number) AS number
                FROM import_statement s JOIN registry.statement known ON known.subject_id = s.subject_id
                WHERE known.type = \(definition.code) AND known.superseded_by IS NULL
                    AND known.object_id IS NOT DISTINCT FROM s.object_id AND known.term IS NOT DISTINCT FROM s.term
                    AND lower(known.valid) IS NOT DISTINCT FROM s.first_day
                GROUP BY s.ctid HAVING count(*) = 1
            ), once AS (
                SELECT number FROM same GROUP BY number HAVING count(*) = 1
            )
            UPDATE import_statement s SET number = same.number FROM same JOIN once USING (number) WHERE s.ctid = same.id
            """
        )
        return Int64(unchanged)
    }

    /// How many rows there are, and how many of them say otherwise what is believed.
    public func count() async throws -> (all: Int64, known: Int64) {
        let row = try await connection.queryOne("SELECT count(*), count(number) FROM import_statement")
        guard let row else { throw StorageError.missing("the counts of the import") }
        return try row.decode((Int64, Int64).self)
    }

    /// The records of the rows of which people have said something one by one: those have events of their own.
    ///
    /// - Returns: Their keys, in order.
    /// - Throws: `PostgresError`.
    public func subjectsWithEvents() async throws -> [String] {
        try await connection.query(
            """
            /* registry.import.subjectsWithEvents */ WITH touched AS MATERIALIZED (
                SELECT DISTINCT subject_id AS id FROM import_statement
            ), spoken AS (
                SELECT v.record_id AS id FROM touched JOIN registry.record_version v ON v.record_id = touched.id
                    JOIN registry.recording begun ON begun.id = v.recorded_by
                    LEFT JOIN registry.recording ended ON ended.id = v.superseded_by
                WHERE begun.batch_id IS NULL OR (ended.id IS NOT NULL AND ended.batch_id IS NULL)
                UNION
                SELECT s.subject_id FROM touched JOIN registry.statement s ON s.subject_id = touched.id
                    JOIN registry.recording begun ON begun.id = s.recorded_by
                    LEFT JOIN registry.recording ended ON ended.id = s.superseded_by
                WHERE begun.batch_id IS NULL OR (ended.id IS NOT NULL AND ended.batch_id IS NULL)
            )
            SELECT r.key FROM registry.record r JOIN spoken USING (id) ORDER BY r.key
            """
        ).map { try $0.decode(String.self) }
    }

    /// Moves the rows into the register.
    ///
    /// - Parameter recording: The write that it is part of.
    /// - Throws: `PostgresError`.
    public func merge(recording: Int64) async throws {
        try await connection.execute(
            """
            /* registry.import.statementsEnd */ UPDATE registry.statement known SET superseded_by = \(recording)
            FROM import_statement s WHERE known.number = s.number AND known.superseded_by IS NULL
            """
        )
        try await connection.execute(
            """
            /* registry.import.statements */ INSERT INTO registry.statement (
                number, type, subject_id, object_id, term, share, valid, attributes, slot, recorded_by, line
            )
            SELECT coalesce(number, nextval('registry.statement_number')), \(definition.code), subject_id, object_id,
                term, share, daterange(first_day, end_day), attributes, slot, \(recording), line
            FROM (SELECT * FROM import_statement ORDER BY line) AS s
            """
        )
        try await connection.execute(
            """
            /* registry.import.touch */ UPDATE registry.record r SET recording_id = \(recording)
            WHERE r.id IN (SELECT subject_id FROM import_statement)
            """
        )
        try await insertEntries()
    }
}
