public import DomainModel
import PostgresClient

extension RegistryStatementStore {
    /// Everything that was ever said under a number, the oldest first; each with who ended the belief in it.
    ///
    /// - Parameters:
    ///   - number: The number of the statement.
    ///   - asOf: Only what was known at this instant.
    ///   - validAt: Only what was said of this day.
    /// - Returns: The statements.
    /// - Throws: `PostgresError`.
    public func history(
        of number: Int64,
        asOf: Instant? = nil,
        validAt: CivilDate? = nil
    ) async throws -> [RegistryStatement] {
        var conditions = ListConditions()
        conditions.add("subject.state <> 'erased'")
        conditions.equal("statement.number", number)
        if let asOf { conditions.add("recording.recorded_at <= #::timestamptz", PostgresTimestamp(asOf)) }
        if let validAt { conditions.add("statement.valid @> #::text::date", validAt.isoText) }
        let said = try await said(conditions, marker: "registry.statement.history", asOf: asOf)
        let endings = try await endings(conditions, asOf: asOf)
        return zip(said, endings).map { $0.ended(by: $1) }
    }

    /// Who ended the belief in each statement, in the order of ``said(_:marker:asOf:)``.
    private func endings(_ given: ListConditions, asOf: Instant?) async throws -> [Recording?] {
        var conditions = given
        let instant = conditions.bind(asOf.map { PostgresTimestamp($0) })
        return try await connection.query(
            PostgresQuery(
                sql: """
                    /* registry.statement.endings */ SELECT ended.id IS NOT NULL, ended.recorded_at,
                        coalesce(ended.principal, ''), coalesce(ended.reason, ''), ended.source_file,
                        ended.source_locator, ended.batch_id
                    FROM \(Self.tables) LEFT JOIN registry.recording ended ON ended.id = statement.superseded_by
                        AND (\(instant)::timestamptz IS NULL OR ended.recorded_at <= \(instant)::timestamptz)
                    \(conditions.sql)
                    ORDER BY statement.number, recording.recorded_at, statement.id
                    """,
                binds: conditions.binds
            )
        ).map { row in
            let (isEnded, at, principal, reason, file, locator, batch) = try row.decode(
                (Bool, PostgresTimestamp?, String, String, String?, String?, Int64?).self
            )
            return isEnded ? Recording(at, principal, reason, file, locator, batch) : nil
        }
    }
}
