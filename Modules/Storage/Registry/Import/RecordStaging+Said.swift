public import DomainModel
public import PersonalData
import PostgresClient

extension RecordStaging {
    /// What a row says in some fields of a record that is there, or that an earlier row makes.
    public struct Said: Sendable {
        /// The line of the row.
        public let line: Int
        /// The row as a spreadsheet counts it.
        public let row: Int
        /// The key of the record.
        public let key: String
        /// The first day.
        public let firstDay: CivilDate?
        /// The values of those fields, as they are staged.
        public let attributes: Attributes
        /// The key that personal values among them are sealed with.
        public let sealedBy: WrappedKey?
    }

    /// Puts what rows say in some fields in order, by pages of keys: of records that are there, and of those that more than
    /// one row is about.
    ///
    /// - Parameter fields: The codes of the fields.
    /// - Returns: The number of pages.
    /// - Throws: `PostgresError`.
    public func prepareSaid(in fields: [String]) async throws -> Int {
        try await connection.execute(
            script: """
                CREATE TEMPORARY TABLE IF NOT EXISTS import_said (
                    page integer, line integer, row integer, key text, first_day date, attributes jsonb, master text,
                    wrapped bytea
                ) ON COMMIT DELETE ROWS;
                CREATE INDEX IF NOT EXISTS import_said_page ON import_said (page);
                TRUNCATE import_said;
                """
        )
        try await connection.execute(
            """
            /* registry.import.said */ INSERT INTO import_said
            SELECT (dense_rank() OVER (ORDER BY s.key) - 1) / 500, s.line, s.row, s.key, s.first_day, (
                    SELECT jsonb_object_agg(field, s.attributes->field)
                    FROM unnest(\(fields)::text[]) AS field WHERE s.attributes ? field
                ), s.master, s.wrapped
            FROM import_record s
            WHERE s.attributes ?| \(fields)::text[] AND (
                EXISTS (SELECT FROM import_known k WHERE k.key = s.key)
                OR s.key IN (SELECT later.key FROM import_record later WHERE later.is_later)
            )
            """
        )
        let row = try await connection.queryOne("SELECT coalesce(max(page), -1) FROM import_said")
        return Int(try row?.decode(Int32.self) ?? -1) + 1
    }

    /// What rows of a page say, by key and day.
    public func said(page: Int) async throws -> [Said] {
        try await connection.query(
            """
            /* registry.import.said.page */ SELECT line, row, key, first_day::text, attributes::text, master, wrapped
            FROM import_said WHERE page = \(Int32(page)) ORDER BY key, first_day NULLS FIRST, line
            """
        ).map { row in
            let (line, number, key, day, attributes, master, wrapped) = try row.decode(
                (Int32, Int32, String, String?, String, String?, [UInt8]?).self
            )
            return Said(
                line: Int(line),
                row: Int(number),
                key: key,
                firstDay: try day.map { try CivilDate.stored($0) },
                attributes: try CanonicalJSON.decode(Attributes.self, from: attributes),
                sealedBy: master.flatMap { master in wrapped.map { WrappedKey(master: master, bytes: $0) } }
            )
        }
    }

    /// Takes out rows by their lines.
    public func remove(lines: [Int]) async throws {
        if lines.isEmpty { return }
        try await connection.execute(
            """
            /* registry.import.refuse */ DELETE FROM import_record WHERE line = ANY (\(lines.map { Int32($0) })::integer[])
            """
        )
    }
}
