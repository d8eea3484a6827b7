public import DomainModel
import PostgresClient

extension RegistryRecordStore {
    /// What was believed of a record at an instant.
    public func timeline(of id: Int64, asOf: Instant) async throws -> RecordTimeline {
        var conditions = ListConditions()
        conditions.add("version.record_id = #", id)
        conditions.add(conditions.believed("version", asOf: asOf))
        let versions = try await connection.query(
            PostgresQuery(
                sql: """
                    /* registry.version.past */ SELECT version.valid_from::text, version.state, version.attributes::text
                    FROM registry.record_version version \(conditions.sql)
                    """,
                binds: conditions.binds
            )
        ).map { row in
            let (from, state, attributes) = try row.decode((String, String, String).self)
            return RecordTimeline.Version(
                from: try CivilDate.stored(first: from),
                state: try stored(RecordState.self, state),
                attributes: try Attributes.stored(attributes)
            )
        }
        return RecordTimeline(versions)
    }
}
