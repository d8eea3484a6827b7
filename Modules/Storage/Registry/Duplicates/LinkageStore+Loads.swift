public import DomainModel
import PostgresClient

extension LinkageStore {
    /// Records of which a write has said something, in the order of their numbers.
    ///
    /// - Parameters:
    ///   - recording: The write.
    ///   - after: Only those with a greater number.
    ///   - limit: At most so many.
    /// - Returns: Their numbers.
    /// - Throws: `PostgresError`.
    public func touched(by recording: Int64, after: Int64, limit: Int) async throws -> [Int64] {
        try await connection.query(
            """
            /* registry.linkage.touched */ SELECT touched.id FROM (
                (SELECT DISTINCT v.record_id AS id FROM registry.record_version v
                WHERE v.recorded_by = \(recording) AND v.record_id > \(after) ORDER BY 1 LIMIT \(Int64(limit)))
                UNION
                (SELECT DISTINCT s.subject_id FROM registry.statement s
                WHERE s.recorded_by = \(recording) AND s.subject_id > \(after) ORDER BY 1 LIMIT \(Int64(limit)))
            ) AS touched ORDER BY 1 LIMIT \(Int64(limit))
            """
        ).map { try $0.decode(Int64.self) }
    }

    /// Those of some records whose row is missing or older than their last write: nobody changes them until the
    /// transaction ends.
    ///
    /// - Parameters:
    ///   - records: Their numbers.
    ///   - kinds: The kinds of records that are compared.
    /// - Returns: Their numbers.
    /// - Throws: `PostgresError`.
    public func keepStale(among records: [Int64], _ kinds: [RegistryKind]) async throws -> [Int64] {
        try await connection.query(
            """
            /* registry.linkage.keepStale */ SELECT r.id
            FROM registry.record r LEFT JOIN registry.linkage_profile p ON p.record_id = r.id
            WHERE r.id = ANY (\(records)::bigint[]) AND r.id BETWEEN \(records.min()) AND \(records.max())
                AND r.kind = ANY (\(kinds.map(\.rawValue))::text[]) AND CASE
                WHEN r.state IN ('active', 'closed') THEN p.version IS DISTINCT FROM r.recording_id
                ELSE p.record_id IS NOT NULL
            END
            ORDER BY r.id FOR SHARE OF r
            """
        ).map { try $0.decode(Int64.self) }
    }
}
