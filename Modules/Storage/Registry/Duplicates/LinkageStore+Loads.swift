public import DomainModel
import PostgresClient

extension LinkageStore {
    /// Records of which a write has said something, in the order of their numbers.
    ///
    /// - Parameters:
    ///   - recording: The write.
    ///   - kinds: The kinds of records that are compared.
    ///   - after: Only those with a greater number.
    ///   - limit: At most so many.
    /// - Returns: Their numbers, and whether their row is missing or older than their last write.
    /// - Throws: `PostgresError`.
    public func touched(
        by recording: Int64,
        _ kinds: [RegistryKind],
        after: Int64,
        limit: Int
    ) async throws -> [(id: Int64, isStale: Bool)] {
        try await connection.query(
            """
            /* registry.linkage.touched */ SELECT r.id, r.kind = ANY (\(kinds.map(\.rawValue))::text[]) AND CASE
                WHEN r.state IN ('active', 'closed') THEN p.version IS DISTINCT FROM r.recording_id
                ELSE p.record_id IS NOT NULL
            END
            FROM (
                SELECT touched.id FROM (
                    (SELECT DISTINCT v.record_id AS id FROM registry.record_version v
                    WHERE v.recorded_by = \(recording) AND v.record_id > \(after) ORDER BY 1 LIMIT \(Int64(limit)))
                    UNION
                    (SELECT DISTINCT s.subject_id FROM registry.statement s
                    WHERE s.recorded_by = \(recording) AND s.subject_id > \(after) ORDER BY 1 LIMIT \(Int64(limit)))
                ) AS touched ORDER BY 1 LIMIT \(Int64(limit))
            ) AS touched
                JOIN registry.record r USING (id)
                LEFT JOIN registry.linkage_profile p ON p.record_id = r.id
            ORDER BY r.id
            """
        ).map { row in
            let (id, isStale) = try row.decode((Int64, Bool).self)
            return (id, isStale)
        }
    }
}
