public import DomainModel
import PostgresClient

extension RegistryRecordStore {
    /// What records are called at a moment; those that may not be seen are left out.
    ///
    /// - Returns: In the order of their keys.
    public func names(of keys: [String], at moment: RegistryMoment) async throws -> [RelatedName] {
        if keys.isEmpty { return [] }
        var conditions = ListConditions()
        let day = conditions.bind(moment.validAt.isoText)
        let believed = conditions.believed("v", asOf: moment.asOf)
        conditions.add("record.key = ANY (#::text[])", keys)
        return try await connection.query(
            PostgresQuery(
                sql: """
                    /* registry.record.names */ SELECT record.key, record.kind, version.name
                    FROM registry.record
                    LEFT JOIN LATERAL (
                        SELECT coalesce(
                            v.attributes->>'name_zh', v.attributes->>'name_foreign', v.attributes->>'name_en'
                        ) AS name
                        FROM registry.record_version v
                        WHERE v.record_id = record.id AND v.valid_from <= \(day)::text::date AND \(believed)
                        ORDER BY v.valid_from DESC LIMIT 1
                    ) AS version ON true
                    \(conditions.sql) ORDER BY record.key
                    """,
                binds: conditions.binds
            )
        ).map { row in
            let (key, kind, name) = try row.decode((String, String, String?).self)
            return RelatedName(key: key, kind: try stored(RegistryKind.self, kind), name: name)
        }
    }

    /// What became of a record that may be seen, whether or not anything is still believed of it.
    public func ending(of key: String) async throws -> RelatedRecord? {
        let row = try await connection.queryOne(
            """
            /* registry.record.ending */ SELECT record.kind, record.state,
                CASE WHEN record.merged_into IS NOT NULL THEN registry.led_to(record.id, NULL) END
            FROM registry.record WHERE record.key = \(key)
            """
        )
        return try row.map { row in
            let (kind, state, merged) = try row.decode((String, String, String?).self)
            return RelatedRecord(
                key: key,
                kind: try stored(RegistryKind.self, kind),
                state: try stored(RecordState.self, state),
                mergedInto: merged
            )
        }
    }
}
