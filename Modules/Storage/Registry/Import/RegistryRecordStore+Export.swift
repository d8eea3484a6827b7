public import DomainModel
import PostgresClient

extension RegistryRecordStore {
    /// A record as it is exported.
    public struct Exported: Sendable {
        /// Its key.
        public let key: String
        /// The first day of what holds; `nil` when it is not known.
        public let from: String?
        /// Whether it is kept up or has ended.
        public let state: String
        /// The values of its fields in the form that was asked for.
        public let values: [String?]
    }

    /// Records for an export, in the order of their keys, without what is hidden.
    ///
    /// - Parameters:
    ///   - filter: Which ones.
    ///   - moment: As believed when, as holding on which day.
    ///   - fields: The fields of the kind.
    ///   - form: How their values are written.
    ///   - after: Only those behind this key.
    ///   - limit: At most so many.
    /// - Returns: The records.
    /// - Throws: `PostgresError`.
    public func export(
        _ filter: Filter,
        at moment: RegistryMoment,
        _ fields: [FieldDefinition],
        as form: ExportForm,
        after: String,
        limit: Int
    ) async throws -> [Exported] {
        var (tables, conditions) = try Self.selection(filter, at: moment)
        conditions.add("record.key > #", after)
        let values = form.columns(
            fields.filter { !$0.privacy.isHidden },
            hidden: fields.filter(\.privacy.isHidden),
            of: "version"
        )
        return try await connection.query(
            PostgresQuery(
                sql: """
                    /* registry.record.export */ SELECT record.key,
                        CASE WHEN version.valid_from > '-infinity' THEN version.valid_from::text END, version.state,
                        \(values)
                    FROM \(tables) \(conditions.sql) ORDER BY record.key LIMIT \(limit)
                    """,
                binds: conditions.binds
            )
        ).map { row in
            let (key, from, state, values) = try row.decode((String, String?, String, [String?]).self)
            return Exported(key: key, from: from, state: state, values: values)
        }
    }
}
