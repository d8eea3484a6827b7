public import DomainModel
import PostgresClient

/// What was wrong with the rows of batches.
extension BatchStore {
    /// How many conflicts a batch carries in itself; the rest are read page by page.
    public static let embeddedConflicts = 20

    /// Conflicts of a batch in the order of the file.
    ///
    /// - Parameters:
    ///   - batch: The batch.
    ///   - after: Only those after this ordinal; 0 is the start.
    ///   - limit: At most so many.
    /// - Returns: Ordinals from 1 on, and the conflicts.
    /// - Throws: `PostgresError`, or ``StorageError`` when the database holds what this program does not know.
    public func conflicts(of batch: Int64, after: Int64, limit: Int) async throws -> [(ordinal: Int64, Conflict)] {
        try await connection.query(
            """
            /* collection.conflict.list */ SELECT ordinal, content::text FROM collection.conflict
            WHERE batch_id = \(batch) AND ordinal > \(after) ORDER BY ordinal LIMIT \(limit)
            """
        ).map { row in
            let (ordinal, content) = try row.decode((Int64, String).self)
            return (ordinal, try CanonicalJSON.decode(Conflict.self, from: content))
        }
    }

    /// How many conflicts a batch has.
    public func conflictCount(of batch: Int64) async throws -> Int64 {
        try await connection.queryOne(
            "/* collection.conflict.count */ SELECT count(*) FROM collection.conflict WHERE batch_id = \(batch)"
        )?.decode(Int64.self) ?? 0
    }

    /// Adds conflicts to a batch.
    ///
    /// - Parameters:
    ///   - lines: Canonical JSON of each conflict, in the order of the file.
    ///   - batch: The batch.
    ///   - first: The ordinal of the first; 1 for the first of the batch.
    /// - Throws: `PostgresError`, or ``StorageError`` when the database holds what this program does not know.
    public func add(conflicts lines: [String], to batch: Int64, from first: Int64) async throws {
        _ = try await connection.execute(
            """
            /* collection.conflict.add */ INSERT INTO collection.conflict (batch_id, ordinal, content)
            SELECT \(batch), \(first) - 1 + position, line::jsonb
            FROM unnest(\(lines)::text[]) WITH ORDINALITY AS added (line, position)
            """
        )
    }
}
