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

    /// Records for an export, in the order of their keys.
    ///
    /// - Parameters:
    ///   - filter: Which ones.
    ///   - moment: As believed when, as holding on which day.
    ///   - columns: Which of the fields.
    ///   - form: How their values are written.
    ///   - after: Only those behind this key.
    ///   - limit: At most so many.
    /// - Returns: The records.
    /// - Throws: `PostgresError`.
    public func export(
        _ filter: Filter,
        at moment: RegistryMoment,
        _ columns: ExportColumns,
        as form: ExportForm,
        after: String,
        limit: Int
    ) async throws -> [Exported] {
        var (tables, conditions) = try Self.selection(filter, at: moment)
        conditions.add("record.key > #", after)
        let values = form.columns(columns, of: "version")
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
