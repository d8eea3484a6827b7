public import DomainModel
import PostgresClient

extension DuplicateStore {
    /// Begins a search through all records of a kind.
    ///
    /// - Returns: Its number.
    /// - Throws: `PostgresError`.
    public func beginSearch(
        _ kind: RegistryKind,
        minimum: Double,
        principal: String,
        now: Instant
    ) async throws -> Int64 {
        let row = try await connection.queryOne(
            """
            /* registry.duplicateSearch.begin */ INSERT INTO registry.duplicate_search (
                kind, minimum, principal, searched_at
            ) VALUES (\(kind.rawValue), \(minimum), \(principal), \(PostgresTimestamp(now))) RETURNING id
            """
        )
        guard let row else { throw StorageError.missing("the new search") }
        return try row.decode(Int64.self)
    }

    /// Says what came of a search.
    public func finish(_ search: DuplicateSearch) async throws {
        try await connection.execute(
            """
            /* registry.duplicateSearch.finish */ UPDATE registry.duplicate_search SET
                records = \(search.records), refreshed = \(search.refreshed), pairs = \(search.pairs),
                candidates = \(search.candidates), skipped_keys = \(search.skippedKeys),
                largest_skipped = \(search.largestSkipped)
            WHERE id = \(search.id)
            """
        )
    }

    /// What came of a search, by its number.
    public func search(_ id: Int64) async throws -> DuplicateSearch? {
        let row = try await connection.queryOne(
            """
            /* registry.duplicateSearch.byNumber */ SELECT id, kind, principal, searched_at, records, refreshed, pairs,
                candidates, skipped_keys, largest_skipped
            FROM registry.duplicate_search WHERE id = \(id)
            """
        )
        return try row.map { row in
            let (id, kind, principal, at, records, refreshed, pairs, candidates, skipped, largest) = try row.decode(
                (Int64, String, String, PostgresTimestamp, Int64, Int64, Int64, Int64, Int64, Int64).self
            )
            return DuplicateSearch(
                id: id,
                kind: try stored(RegistryKind.self, kind),
                principal: principal,
                at: Instant(at),
                records: records,
                refreshed: refreshed,
                pairs: pairs,
                candidates: candidates,
                skippedKeys: skipped,
                largestSkipped: largest
            )
        }
    }
}
