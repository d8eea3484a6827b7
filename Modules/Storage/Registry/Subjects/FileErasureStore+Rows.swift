import PostgresClient

/// The rows of submitted files that are about an erased person.
extension FileErasureStore {
    /// A file that may have rows about a person.
    public struct File: Sendable {
        /// SHA-256 of it as it was sent.
        public let sha256: String
        /// What it was submitted to.
        public let dataset: String
        /// How it is written.
        public let mediaType: String
        /// The batches of it.
        public let batches: [Int64]
    }

    /// The next files that were submitted to some datasets, whatever came of them.
    ///
    /// - Parameters:
    ///   - datasets: Where they were submitted.
    ///   - after: Only those after this one by dataset, digest and media type; `nil` for the first.
    ///   - limit: At most so many.
    /// - Returns: The files, in that order.
    /// - Throws: `PostgresError`.
    public func files(of datasets: [String], after: File?, limit: Int) async throws -> [File] {
        try await connection.query(
            """
            /* registry.sweep.next */ SELECT b.sha256, b.dataset, b.media_type, array_agg(b.id ORDER BY b.id)
            FROM collection.batch b
            WHERE b.dataset = ANY (\(datasets)::text[])
                AND (b.dataset, b.sha256, b.media_type)
                    > (\(after?.dataset ?? "")::text, \(after?.sha256 ?? "")::text, \(after?.mediaType ?? "")::text)
            GROUP BY b.dataset, b.sha256, b.media_type ORDER BY b.dataset, b.sha256, b.media_type LIMIT \(Int64(limit))
            """
        ).map { row in
            let (sha256, dataset, mediaType, batches) = try row.decode((String, String, String, [Int64]).self)
            return File(sha256: sha256, dataset: dataset, mediaType: mediaType, batches: batches)
        }
    }

    /// The lines of a file that brought what was known of records.
    public func lines(about records: [Int64], in file: File) async throws -> Set<Int> {
        try await lines(
            """
            /* registry.sweep.own */ SELECT v.line::bigint FROM registry.record_version v
                JOIN registry.recording r ON r.id = v.recorded_by
            WHERE v.record_id = ANY (\(records)::bigint[]) AND r.batch_id = ANY (\(file.batches)::bigint[])
                AND v.line IS NOT NULL
            UNION SELECT s.line::bigint FROM registry.statement s JOIN registry.recording r ON r.id = s.recorded_by
            WHERE s.subject_id = ANY (\(records)::bigint[]) AND r.batch_id = ANY (\(file.batches)::bigint[])
                AND s.line IS NOT NULL
            """
        )
    }

    /// Those of some lines of a file that brought something about other records.
    public func lines(_ lines: Set<Int>, aboutOthersThan records: [Int64], in file: File) async throws -> Set<Int> {
        if lines.isEmpty { return [] }
        let given = lines.map { Int64($0) }
        return try await self.lines(
            """
            /* registry.sweep.others */ SELECT v.line::bigint FROM registry.record_version v
                JOIN registry.recording r ON r.id = v.recorded_by
            WHERE r.batch_id = ANY (\(file.batches)::bigint[]) AND v.line = ANY (\(given)::bigint[])
                AND v.record_id <> ALL (\(records)::bigint[])
            UNION SELECT s.line::bigint FROM registry.statement s JOIN registry.recording r ON r.id = s.recorded_by
            WHERE r.batch_id = ANY (\(file.batches)::bigint[]) AND s.line = ANY (\(given)::bigint[])
                AND s.subject_id <> ALL (\(records)::bigint[])
            """
        )
    }

    private func lines(_ query: PostgresQuery) async throws -> Set<Int> {
        Set(try await connection.query(query).map { Int(try $0.decode(Int64.self)) })
    }

    /// Writes down which rows are to be blanked; those of which it was said before stay as they are.
    ///
    /// - Returns: The lines that are new.
    /// - Throws: `PostgresError`.
    public func mark(_ lines: Set<Int>, of file: File, by approval: Int64) async throws -> [Int] {
        try await connection.execute(
            """
            /* registry.sweep.file */ INSERT INTO registry.blanked_file (sha256) VALUES (\(file.sha256))
            ON CONFLICT DO NOTHING
            """
        )
        return try await connection.query(
            """
            /* registry.sweep.mark */ INSERT INTO registry.blanked_line (sha256, line, approval_id)
            SELECT \(file.sha256), line, \(approval) FROM unnest(\(lines.map { Int64($0) })::bigint[]) AS given (line)
            ORDER BY line ON CONFLICT DO NOTHING RETURNING line::bigint
            """
        ).map { Int(try $0.decode(Int64.self)) }
    }

    /// Takes what rows say out of the conflicts of a file's batches, and says in its place by which approval.
    ///
    /// - Throws: `PostgresError`.
    public func maskConflicts(of file: File, lines: [Int], by approval: Int64) async throws {
        try await connection.execute(
            """
            /* registry.sweep.mask */ UPDATE collection.conflict
            SET content = jsonb_set(content - 'given' - 'key', '{nearest}', '[]')
                -- A first line that is no header stands in the names of columns.
                - CASE WHEN content->>'line' = '1' THEN 'field' ELSE '' END
                || jsonb_build_object('erased', jsonb_build_object(
                    'at', to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                    'approval', \(approval)::bigint
                ))
            WHERE batch_id = ANY (\(file.batches)::bigint[])
                AND (content->>'line')::bigint = ANY (\(lines.map { Int64($0) })::bigint[])
            """
        )
    }

    /// Takes a file, so that nobody else rewrites it before the transaction ends.
    ///
    /// - Returns: The lines of all rows that are to be blank; `nil` when they are so already.
    /// - Throws: `PostgresError`.
    public func hold(_ file: File) async throws -> Set<Int>? {
        let held = try await connection.queryOne(
            "/* registry.sweep.hold */ SELECT sha256 FROM registry.blanked_file WHERE sha256 = \(file.sha256) FOR NO KEY UPDATE"
        )
        guard held != nil else { return nil }
        let lines = try await connection.query(
            """
            /* registry.sweep.lines */ SELECT line::bigint, blanked_at IS NOT NULL FROM registry.blanked_line
            WHERE sha256 = \(file.sha256)
            """
        ).map { try $0.decode((Int64, Bool).self) }
        return lines.allSatisfy(\.1) ? nil : Set(lines.map { Int($0.0) })
    }

    /// Writes down that all rows of a file that are to be blank are so.
    public func blanked(_ file: File) async throws {
        try await connection.execute(
            """
            /* registry.sweep.rewritten */ WITH file AS (
                UPDATE registry.blanked_file SET rewritten_at = clock_timestamp() WHERE sha256 = \(file.sha256)
            )
            UPDATE registry.blanked_line SET blanked_at = clock_timestamp()
            WHERE sha256 = \(file.sha256) AND blanked_at IS NULL
            """
        )
    }
}
