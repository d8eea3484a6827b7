public import DomainModel
public import PersonalData
import PostgresClient

extension RecordStaging {
    /// What sealed values are found by, as one text of a staged row.
    public static func text(of entries: [BlindEntry]) -> String {
        entries.map { "\($0.field):\(Hexadecimal.text(of: $0.hash))" }.joined(separator: " ")
    }

    /// A row that gives a number which another record has, or another key of the file.
    public struct Taken: Sendable {
        /// The line of the row.
        public let line: Int
        /// The row as a spreadsheet counts it.
        public let row: Int
        /// The field of the number.
        public let field: String
        /// The keys of the others that the writer may see, five at most.
        public let others: [String]
    }

    /// Takes out rows whose numbers other records of the kind have, or rows of another key.
    ///
    /// - Parameter fields: The fields whose numbers only one record can have.
    /// - Returns: The rows taken out, in the order of the file.
    /// - Throws: `PostgresError`.
    public func removeTaken(_ fields: [String]) async throws -> [Taken] {
        try await connection.query(
            """
            /* registry.import.taken */ WITH given AS (
                SELECT s.ctid AS id, s.line, s.row, s.key, entry, split_part(entry, ':', 1) AS field
                FROM import_record s CROSS JOIN LATERAL unnest(string_to_array(s.blind, ' ')) AS entry
                WHERE split_part(entry, ':', 1) = ANY (\(fields)::text[])
            ), taken AS (
                SELECT given.id, given.line, given.row, given.field, r.key AS other
                FROM given
                    JOIN registry.blind_index b ON b.field = given.field
                        AND b.hash = decode(split_part(given.entry, ':', 2), 'hex')
                    JOIN registry.record r ON r.id = b.record_id AND r.kind = \(kind.rawValue)::text
                WHERE r.key <> given.key
                UNION
                SELECT given.id, given.line, given.row, given.field, other.key
                FROM given JOIN given other ON other.entry = given.entry AND other.key <> given.key
            ), removed AS (
                DELETE FROM import_record USING taken WHERE import_record.ctid = taken.id
            )
            SELECT line, row, field, (array_agg(other ORDER BY other))[:5] FROM taken
            GROUP BY line, row, field ORDER BY line, field
            """
        ).map { row in
            let (line, number, field, others) = try row.decode((Int32, Int32, String, [String]).self)
            return Taken(line: Int(line), row: Int(number), field: field, others: others)
        }
    }

    /// Whether a record has meanwhile got a number that a row gives to another one; until the transaction ends nobody else
    /// gives any.
    ///
    /// - Parameter fields: The fields whose numbers only one record can have.
    /// - Returns: Whether the load is to be tried again.
    /// - Throws: `PostgresError`.
    public func isOvertaken(_ fields: [String]) async throws -> Bool {
        try await BlindIndexStore(connection).claimAll()
        return try await connection.queryOne(
            """
            /* registry.import.overtaken */ WITH given AS MATERIALIZED (
                SELECT s.id, s.key, split_part(entry, ':', 1) AS field,
                    decode(split_part(entry, ':', 2), 'hex') AS hash
                FROM import_record s CROSS JOIN LATERAL unnest(string_to_array(s.blind, ' ')) AS entry
                WHERE split_part(entry, ':', 1) = ANY (\(fields)::text[])
            )
            SELECT FROM given
                -- The entries of new records are there by now.
                JOIN registry.blind_index b
                    ON b.field = given.field AND b.hash = given.hash AND b.record_id <> given.id
                JOIN registry.record r ON r.id = b.record_id AND r.kind = \(kind.rawValue)::text AND r.key <> given.key
            LIMIT 1
            """
        ) != nil
    }

    /// Whether a new record has a number that another record of the kind has too.
    ///
    /// - Parameter fields: The fields whose numbers only one record can have.
    /// - Returns: Whether any has, of those that can be seen by now.
    /// - Throws: `PostgresError`.
    public func sharesNumbers(_ fields: [String]) async throws -> Bool {
        // Each is looked up by the key of the index, in its order.
        try await connection.queryOne(
            """
            /* registry.import.shared */ SELECT
            FROM (
                SELECT field, hash, record_id FROM import_entry WHERE field = ANY (\(fields)::text[])
                ORDER BY hash, field OFFSET 0
            ) AS own
                CROSS JOIN LATERAL (
                    SELECT FROM registry.blind_index b
                        JOIN registry.record r ON r.id = b.record_id AND r.kind = \(kind.rawValue)::text
                    WHERE b.field = own.field AND b.hash = own.hash AND b.record_id <> own.record_id LIMIT 1
                ) AS other
            LIMIT 1
            """
        ) != nil
    }

    /// Whether somebody else has given a number of a new record to another one since an instant; until the transaction
    /// ends nobody else gives any.
    ///
    /// - Parameters:
    ///   - fields: The fields whose numbers only one record can have.
    ///   - recording: The write that has made the new records.
    ///   - instant: What was committed by then has been looked through.
    /// - Returns: Whether any has.
    /// - Throws: `PostgresError`.
    public func sharesNumbers(_ fields: [String], _ recording: Int64, since instant: Instant) async throws -> Bool {
        try await BlindIndexStore(connection).claimAll()
        return try await connection.queryOne(
            """
            /* registry.import.sharedSince */ SELECT
            -- In this order whatever statistics say: they know nothing of rows that this transaction has made.
            FROM (
                SELECT id FROM registry.recording
                WHERE recorded_at > \(PostgresTimestamp(instant)) AND id <> \(recording) OFFSET 0
            ) AS g CROSS JOIN LATERAL (
                SELECT id FROM registry.record WHERE kind = \(kind.rawValue)::text AND recording_id = g.id OFFSET 0
            ) AS r CROSS JOIN LATERAL (
                SELECT field, hash FROM registry.blind_index WHERE record_id = r.id OFFSET 0
            ) AS b CROSS JOIN LATERAL (
                SELECT record_id FROM registry.blind_index
                WHERE field = b.field AND hash = b.hash AND record_id <> r.id OFFSET 0
            ) AS own CROSS JOIN LATERAL (
                SELECT FROM registry.record_version
                WHERE record_id = own.record_id AND recorded_by = \(recording) LIMIT 1
            ) AS v
            WHERE b.field = ANY (\(fields)::text[]) LIMIT 1
            """
        ) != nil
    }

    /// Keeps the keys of new records, and sets aside what their personal values are found by.
    func insertKeys() async throws {
        try await connection.execute(
            """
            /* registry.import.keys */ INSERT INTO registry.record_key (record_id, master, wrapped)
            SELECT s.id, s.master, s.wrapped FROM import_record s
            WHERE s.wrapped IS NOT NULL AND \(unescaped: Self.isNew)
            """
        )
        try await connection.execute(
            """
            /* registry.import.entries */ INSERT INTO import_entry (field, hash, record_id)
            SELECT split_part(entry, ':', 1), decode(split_part(entry, ':', 2), 'hex'), s.id
            FROM import_record s CROSS JOIN LATERAL unnest(string_to_array(s.blind, ' ')) AS entry
            WHERE \(unescaped: Self.isNew)
            """
        )
    }

    /// Makes new records be found by their personal values: all at once, in the order of hashes, so that each page of the
    /// index is written once.
    ///
    /// - Throws: `PostgresError`.
    public func insertEntries() async throws {
        _ = try await connection.execute(script: "ANALYZE import_entry")
        try await connection.execute(
            """
            /* registry.import.blind */ INSERT INTO registry.blind_index (field, hash, record_id)
            SELECT DISTINCT field, hash, record_id FROM import_entry ORDER BY hash, field, record_id
            """
        )
    }
}
