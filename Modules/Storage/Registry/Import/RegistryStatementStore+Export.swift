import PostgresClient

extension RegistryStatementStore {
    /// A statement as it is exported.
    public struct Exported: Sendable {
        /// Its number.
        public let number: Int64
        /// Subject, object, term, share, first day and the first day on which it holds no longer.
        public let parts: [String?]
        /// The values of its fields in the form that was asked for.
        public let values: [String?]
    }

    /// Statements for an export, in the order of their numbers.
    ///
    /// - Parameters:
    ///   - filter: Which ones.
    ///   - columns: Which of the fields.
    ///   - form: How their values are written.
    ///   - after: Only those behind this number.
    ///   - limit: At most so many.
    /// - Returns: The statements.
    /// - Throws: `PostgresError`.
    public func export(
        _ filter: Filter,
        _ columns: ExportColumns,
        as form: ExportForm,
        after: Int64,
        limit: Int
    ) async throws -> [Exported] {
        var conditions = Self.conditions(filter)
        conditions.add("statement.number > #", after)
        let at = conditions.bind(filter.asOf.map { PostgresTimestamp($0) })
        let values = form.columns(columns, of: "statement")
        return try await connection.query(
            PostgresQuery(
                sql: """
                    /* registry.statement.export */ SELECT statement.number, ARRAY[
                            subject.key, registry.led_to(statement.object_id, \(at)::timestamptz), statement.term,
                            trim_scale(statement.share)::text, lower(statement.valid)::text,
                            upper(statement.valid)::text
                        ], \(values)
                    FROM registry.statement JOIN registry.record subject ON subject.id = statement.subject_id
                    \(conditions.sql) ORDER BY statement.number LIMIT \(limit)
                    """,
                binds: conditions.binds
            )
        ).map { row in
            let (number, parts, values) = try row.decode((Int64, [String?], [String?]).self)
            return Exported(number: number, parts: parts, values: values)
        }
    }
}
