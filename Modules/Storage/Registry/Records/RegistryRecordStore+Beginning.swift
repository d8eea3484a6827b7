public import DomainModel
import PostgresClient

extension RegistryRecordStore {
    /// Since when something is known of a record, and since which day it is said to hold.
    public struct Beginning: Sendable {
        /// When it was first recorded.
        public let recordedAt: Instant
        /// The first day in what was believed at the instant that is asked for; absent when nothing was, or it is not known.
        public let firstDay: CivilDate?
    }

    /// When a record begins, in both times; `nil` when there is no such record.
    public func beginning(of key: String, asOf: Instant?) async throws -> Beginning? {
        var conditions = ListConditions()
        conditions.equal("record.key", key)
        let believed = conditions.believed("version", asOf: asOf)
        let row = try await connection.queryOne(
            PostgresQuery(
                sql: """
                    /* registry.record.beginning */ SELECT min(begun.recorded_at),
                        min(version.valid_from) FILTER (WHERE \(believed))::text
                    FROM registry.record JOIN registry.record_version version ON version.record_id = record.id
                        JOIN registry.recording begun ON begun.id = version.recorded_by
                    \(conditions.sql)
                    """,
                binds: conditions.binds
            )
        )
        guard let (at, day) = try row?.decode((PostgresTimestamp?, String?).self), let at else { return nil }
        return Beginning(recordedAt: Instant(at), firstDay: try day.flatMap { try CivilDate.stored(first: $0) })
    }
}
