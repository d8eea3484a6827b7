import PostgresClient

extension RegistryRecordStore {
    /// Records of which something is believed no longer, or which ever took up another: they may have past names.
    ///
    /// - Parameters:
    ///   - after: Only those with a greater number.
    ///   - limit: At most so many.
    /// - Returns: Their numbers, in order.
    /// - Throws: `PostgresError`.
    public func renamed(after: Int64, limit: Int) async throws -> [Int64] {
        try await connection.query(
            """
            /* registry.record.renamed */ SELECT record_id FROM (
                (SELECT DISTINCT v.record_id FROM registry.record_version v
                WHERE v.superseded_by IS NOT NULL AND v.record_id > \(after) ORDER BY v.record_id LIMIT \(limit))
                UNION
                SELECT m.survivor_id FROM registry.merge m WHERE m.survivor_id > \(after)
            ) AS renamed ORDER BY record_id LIMIT \(limit)
            """
        ).map { try $0.decode(Int64.self) }
    }
}
