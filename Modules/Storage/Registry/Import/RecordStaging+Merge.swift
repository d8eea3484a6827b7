public import DomainModel
public import PersonalData
import PostgresClient

extension RecordStaging {
    /// Takes out rows that say nothing new of a record that is known.
    ///
    /// Rows of a key that the file names twice stay: what they say depends on one another.
    ///
    /// - Parameter today: The day that rows without one are about.
    /// - Returns: How many.
    /// - Throws: `PostgresError`.
    public func removeUnchanged(today: CivilDate) async throws -> Int64 {
        Int64(
            try await connection.execute(
                """
                /* registry.import.unchanged */ DELETE FROM import_record s
                USING import_known k CROSS JOIN LATERAL (
                    SELECT v.record_id, v.valid_from, v.state, v.attributes FROM registry.record_version v
                    WHERE v.record_id = k.record_id AND v.superseded_by IS NULL
                ) AS version
                WHERE k.key = s.key AND NOT s.is_later
                    AND version.valid_from <= coalesce(s.first_day, \(today.isoText)::text::date)
                    AND NOT EXISTS (
                        SELECT FROM registry.record_version later
                        WHERE later.record_id = k.record_id AND later.superseded_by IS NULL
                            AND later.valid_from > version.valid_from
                            AND later.valid_from <= coalesce(s.first_day, \(today.isoText)::text::date)
                    )
                    AND coalesce(s.state, version.state) = version.state
                    AND version.attributes || s.attributes = version.attributes
                    AND NOT EXISTS (SELECT FROM import_record more WHERE more.key = s.key AND more.is_later)
                """
            )
        )
    }

    /// Whether any row is left.
    public func hasRows() async throws -> Bool {
        try await connection.queryOne("/* registry.import.rows */ SELECT FROM import_record LIMIT 1") != nil
    }

    /// Makes the records that the register does not have; they are not found by their sealed values before
    /// ``insertEntries()``.
    ///
    /// - Parameters:
    ///   - recording: The write that it is part of.
    ///   - hasKeys: Whether rows may have values that are sealed.
    /// - Returns: How many.
    /// - Throws: `PostgresError`: a unique violation when somebody else took a key in the meantime.
    public func insertNew(recording: Int64, hasKeys: Bool) async throws -> Int64 {
        // The order of lines is the order of numbers: each insertion lands beside the one before it.
        let made = try await connection.execute(
            """
            /* registry.import.records */ INSERT INTO registry.record (id, kind, key, state, region_id, recording_id)
            OVERRIDING SYSTEM VALUE
            SELECT s.id, \(kind.rawValue)::text, coalesce(s.key, \(kind.letter + "-")::text || s.id),
                coalesce(s.state, 'active'), s.region_id, \(recording)
            FROM import_record s WHERE \(unescaped: Self.isNew)
            """
        )
        try await connection.execute(
            """
            /* registry.import.versions */ INSERT INTO registry.record_version (
                record_id, valid_from, state, attributes, recorded_by, line
            )
            SELECT s.id, coalesce(s.first_day, '-infinity'), coalesce(s.state, 'active'), s.attributes, \(recording),
                s.line
            FROM import_record s WHERE \(unescaped: Self.isNew)
            """
        )
        if hasKeys { try await insertKeys() }
        return Int64(made)
    }

    static let isNew = "NOT s.is_later AND NOT EXISTS (SELECT FROM import_known k WHERE k.key = s.key)"

    /// What a row says of a record that is there.
    public struct Change: Sendable {
        /// The key of the record.
        public let key: String
        /// The line of the row.
        public let line: Int
        /// The first day.
        public let firstDay: CivilDate?
        /// Whether it is kept up or has ended.
        public let state: RecordState?
        /// The values of fields that it gives.
        public let attributes: Attributes
        /// The key that its personal values are sealed with.
        public let sealedBy: WrappedKey?
    }

    /// Puts the rows about records that are there in order, by pages of keys.
    ///
    /// - Returns: The number of rows and of pages.
    public func prepareChanges() async throws -> (rows: Int64, pages: Int) {
        try await connection.execute(
            script: """
                CREATE TEMPORARY TABLE IF NOT EXISTS import_change (
                    page integer, key text, line integer, first_day date, state text, attributes jsonb,
                    master text, wrapped bytea
                ) ON COMMIT DELETE ROWS;
                CREATE INDEX IF NOT EXISTS import_change_page ON import_change (page);
                TRUNCATE import_change;
                """
        )
        let rows = try await connection.execute(
            """
            /* registry.import.changes */ INSERT INTO import_change
            SELECT (dense_rank() OVER (ORDER BY s.key) - 1) / 500, s.key, s.line, s.first_day, s.state, s.attributes,
                s.master, s.wrapped
            FROM import_record s WHERE NOT (\(unescaped: Self.isNew))
            """
        )
        let row = try await connection.queryOne("SELECT coalesce(max(page), -1) FROM import_change")
        return (Int64(rows), Int(try row?.decode(Int32.self) ?? -1) + 1)
    }

    /// The rows of a page, by key and day.
    public func changes(page: Int) async throws -> [Change] {
        try await connection.query(
            """
            /* registry.import.changes.page */ SELECT key, line, first_day::text, state, attributes::text, master, wrapped
            FROM import_change WHERE page = \(Int32(page)) ORDER BY key, first_day NULLS FIRST, line
            """
        ).map { row in
            let (key, line, day, state, attributes, master, wrapped) = try row.decode(
                (String, Int32, String?, String?, String, String?, [UInt8]?).self
            )
            return Change(
                key: key,
                line: Int(line),
                firstDay: try day.map { try CivilDate.stored($0) },
                state: try state.map { try stored(RecordState.self, $0) },
                attributes: try CanonicalJSON.decode(Attributes.self, from: attributes),
                sealedBy: master.flatMap { master in wrapped.map { WrappedKey(master: master, bytes: $0) } }
            )
        }
    }
}
