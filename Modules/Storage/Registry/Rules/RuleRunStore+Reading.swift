public import DomainModel
import PostgresClient

extension RuleRunStore {
    /// Runs, the newest first; those of one record only when it may be seen.
    ///
    /// - Parameters:
    ///   - purpose: Only those for this.
    ///   - asOf: Only those that had been recorded by this instant.
    ///   - validAt: Only those that judged this day or an earlier one.
    ///   - question: Which page.
    /// - Returns: The page.
    /// - Throws: `PostgresError`.
    public func list(
        purpose: RuleRun.Purpose?,
        asOf: Instant? = nil,
        validAt: CivilDate? = nil,
        _ question: ListQuestion
    ) async throws -> Page<RuleRun> {
        var conditions = Self.seen
        conditions.equal("run.purpose", purpose?.rawValue)
        conditions.recorded("run", asOf: asOf, validAt: validAt)
        return try await Listing(
            marker: "registry.ruleRun.list",
            columns: Self.columns,
            tables: Self.tables,
            key: [Listing.Key(column: "run.id", type: "bigint")],
            isDescending: true
        ).page(question, where: conditions, on: connection, cursor: { String($0.id) }, read: Self.run)
    }

    /// A run by its number; `nil` also when it was recorded after an instant, or judged a day after another one.
    public func find(_ id: Int64, asOf: Instant? = nil, validAt: CivilDate? = nil) async throws -> RuleRun? {
        var conditions = Self.seen
        conditions.equal("run.id", id)
        conditions.recorded("run", asOf: asOf, validAt: validAt)
        return try await first(conditions)
    }

    /// The last run over all records that stands before another one; the very last when none is named.
    public func standing(before id: Int64? = nil) async throws -> RuleRun? {
        var conditions = Self.seen
        conditions.add("run.purpose = 'standing' AND run.record_id IS NULL")
        if let id { conditions.add("run.id < #", id) }
        return try await first(conditions)
    }

    private func first(_ conditions: ListConditions) async throws -> RuleRun? {
        try await connection.queryOne(
            PostgresQuery(
                sql: """
                    /* registry.ruleRun.first */ SELECT \(Self.columns) FROM \(Self.tables) \(conditions.sql)
                    ORDER BY run.id DESC LIMIT 1
                    """,
                binds: conditions.binds
            )
        ).map(Self.run)
    }

    private static var seen: ListConditions {
        var conditions = ListConditions()
        conditions.add("(run.record_id IS NULL OR record.id IS NOT NULL)")
        return conditions
    }

    private static let columns = """
        run.id, run.purpose, run.day::text, run.as_of, run.rules, record.key, run.principal, run.started_at, run.records,
        run.facts, run.digest
        """

    private static let tables = "registry.rule_run run LEFT JOIN registry.record ON record.id = run.record_id"

    private static func run(_ row: PostgresRow) throws -> RuleRun {
        let (id, purpose, day, asOf, rules, record, principal, started, records, facts, digest) = try row.decode(
            (
                Int64, String, String, PostgresTimestamp, [String], String?, String, PostgresTimestamp, Int64, Int64,
                String
            ).self
        )
        return RuleRun(
            id: id,
            purpose: try stored(RuleRun.Purpose.self, purpose),
            day: try CivilDate.stored(day),
            asOf: Instant(asOf),
            rules: rules,
            record: record,
            startedBy: principal,
            startedAt: Instant(started),
            records: records,
            facts: facts,
            digest: digest
        )
    }
}
