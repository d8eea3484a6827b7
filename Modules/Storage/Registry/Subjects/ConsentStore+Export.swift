public import DomainModel
import PostgresClient

extension ConsentStore {
    /// Of how many of these records the ledger has no ground for a purpose at an instant, whatever the fields.
    public func uncovered(_ keys: [String], _ purpose: String, at instant: Instant) async throws -> Int {
        let row = try await connection.queryOne(
            """
            /* registry.consent.uncovered */ SELECT count(*) FROM registry.record r
            WHERE r.key = ANY (\(keys)::text[]) AND NOT EXISTS (
                SELECT FROM registry.consent c LEFT JOIN registry.consent_withdrawal w ON w.consent_id = c.id
                WHERE c.record_id = r.id AND c.purpose = \(purpose) AND c.given_at <= \(PostgresTimestamp(instant))
                    AND (c.until IS NULL OR c.until > \(PostgresTimestamp(instant)))
                    AND (w.withdrawn_at IS NULL OR w.withdrawn_at > \(PostgresTimestamp(instant)))
            )
            """
        )
        return Int(try row?.decode(Int64.self) ?? 0)
    }
}

extension RegistryRecordStore {
    /// What became of records that may be seen, by key.
    public func endings(of keys: [String]) async throws -> [String: RelatedRecord] {
        let rows = try await connection.query(
            """
            /* registry.record.endings */ SELECT record.key, record.kind, record.state,
                registry.key_of(record.merged_into)
            FROM registry.record WHERE record.key = ANY (\(keys)::text[])
            """
        )
        var found: [String: RelatedRecord] = [:]
        for row in rows {
            let (key, kind, state, merged) = try row.decode((String, String, String, String?).self)
            found[key] = RelatedRecord(
                key: key,
                kind: try stored(RegistryKind.self, kind),
                state: try stored(RecordState.self, state),
                mergedInto: merged
            )
        }
        return found
    }
}
