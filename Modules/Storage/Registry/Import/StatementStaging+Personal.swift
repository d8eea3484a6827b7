public import DomainModel
import PostgresClient

extension StatementStaging {
    /// A row with personal values.
    public struct Sealed: Sendable {
        /// The line of the row.
        public let line: Int
        /// The key of the record that it is about.
        public let subject: String
        /// What it says, its personal values sealed.
        public let attributes: Attributes
    }

    /// Puts rows with personal values in order, by pages of the records that they are about.
    ///
    /// - Returns: The number of pages.
    /// - Throws: `PostgresError`.
    public func prepareSealed() async throws -> Int {
        try await connection.execute(
            script: """
                CREATE TEMPORARY TABLE IF NOT EXISTS import_sealed (
                    page integer, line integer, subject text, attributes jsonb
                ) ON COMMIT DELETE ROWS;
                CREATE INDEX IF NOT EXISTS import_sealed_page ON import_sealed (page);
                CREATE TEMPORARY TABLE IF NOT EXISTS import_resealed (line integer, attributes jsonb)
                    ON COMMIT DELETE ROWS;
                TRUNCATE import_sealed, import_resealed;
                """
        )
        try await connection.execute(
            """
            /* registry.import.sealed */ INSERT INTO import_sealed
            SELECT (dense_rank() OVER (ORDER BY s.subject_id) - 1) / 500, s.line, r.key, s.attributes
            FROM import_statement s JOIN registry.record r ON r.id = s.subject_id WHERE s.blind IS NOT NULL
            """
        )
        let row = try await connection.queryOne("SELECT coalesce(max(page), -1) FROM import_sealed")
        return Int(try row?.decode(Int32.self) ?? -1) + 1
    }

    /// The rows of a page, by record and line.
    public func sealed(page: Int) async throws -> [Sealed] {
        try await connection.query(
            """
            /* registry.import.sealed.page */ SELECT line, subject, attributes::text FROM import_sealed
            WHERE page = \(Int32(page)) ORDER BY subject, line
            """
        ).map { row in
            let (line, subject, attributes) = try row.decode((Int32, String, String).self)
            return Sealed(
                line: Int(line),
                subject: subject,
                attributes: try CanonicalJSON.decode(Attributes.self, from: attributes)
            )
        }
    }

    /// What believed statements of the kind say about records, as it is stored, by the numbers of the records.
    public func believed(about records: [Int64]) async throws -> [Int64: [Attributes]] {
        let rows = try await connection.query(
            """
            /* registry.import.sealed.believed */ SELECT subject_id, attributes::text FROM registry.statement
            WHERE subject_id = ANY (\(records)::bigint[]) AND type = \(definition.code) AND superseded_by IS NULL
            ORDER BY number
            """
        )
        var believed: [Int64: [Attributes]] = [:]
        for row in rows {
            let (record, attributes) = try row.decode((Int64, String).self)
            believed[record, default: []].append(try CanonicalJSON.decode(Attributes.self, from: attributes))
        }
        return believed
    }

    /// Keeps what rows say, sealed anew, until ``takeResealed()``.
    public func keepResealed(_ rows: [(line: Int, attributes: Attributes)]) async throws {
        let attributes = try rows.map { try CanonicalJSON.text($0.attributes) }
        try await connection.execute(
            """
            /* registry.import.resealed */ INSERT INTO import_resealed
            SELECT line, attributes::jsonb
            FROM unnest(\(rows.map { Int32($0.line) })::integer[], \(attributes)::text[]) AS given (line, attributes)
            """
        )
    }

    /// Gives the rows what was kept, in one pass over all of them.
    public func takeResealed() async throws {
        try await connection.execute(
            """
            /* registry.import.reseal */ UPDATE import_statement s SET attributes = given.attributes
            FROM import_resealed given WHERE given.line = s.line
            """
        )
    }

    /// The records of the rows that say otherwise what was said, some of which they may no longer be found by.
    ///
    /// - Returns: Their keys, in order.
    public func restatedSubjects() async throws -> [String] {
        try await connection.query(
            """
            /* registry.import.restated */ SELECT r.key FROM registry.record r
            WHERE r.id IN (SELECT subject_id FROM import_statement WHERE number IS NOT NULL) ORDER BY r.key
            """
        ).map { try $0.decode(String.self) }
    }

    /// Makes the records be found by the personal values of the rows.
    func insertEntries() async throws {
        try await connection.execute(
            """
            /* registry.import.statementBlind */ INSERT INTO registry.blind_index (field, hash, record_id)
            SELECT DISTINCT split_part(entry, ':', 1), decode(split_part(entry, ':', 2), 'hex'), s.subject_id
            FROM import_statement s CROSS JOIN LATERAL unnest(string_to_array(s.blind, ' ')) AS entry
            ON CONFLICT DO NOTHING
            """
        )
    }
}
