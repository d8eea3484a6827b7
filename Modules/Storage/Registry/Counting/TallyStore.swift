public import DomainModel
public import PostgresClient

/// Counts records by rules, and keeps which ones were counted.
public struct TallyStore {
    private let connection: PostgresConnection

    /// Uses a connection, whose transaction the caller decides on.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Counts a measure for all regions at once, and keeps the records with it.
    ///
    /// - Parameters:
    ///   - rule: What is counted.
    ///   - days: The period; stocks are counted on its last day. It has both ends.
    ///   - asOf: The instant as of which the register is read.
    ///   - isPresent: Whether that is the newest instant and stays so until the transaction ends, as it does after
    ///     `BatchStore.newestInstant()`. What is believed now is then found without looking at who recorded it when.
    ///   - now: When it is counted.
    ///   - principal: In whose name.
    /// - Returns: The counting.
    /// - Throws: `PostgresError`.
    public func count(
        _ rule: CountingRule,
        days: DateSpan,
        asOf: Instant,
        isPresent: Bool = false,
        now: Instant,
        principal: String
    ) async throws -> Tally {
        let range = "[\(days.from?.isoText ?? ""),\(days.until?.isoText ?? ""))"
        let row = try await connection.queryOne(
            """
            /* registry.tally.begin */
            INSERT INTO registry.tally (measure, rule_version, days, as_of, counted_at, principal)
            VALUES (\(rule.measure), \(Int32(rule.version)), \(range)::text::daterange, \(PostgresTimestamp(asOf)),
                \(PostgresTimestamp(now)), \(principal))
            RETURNING id
            """
        )
        let id = try row?.decode(Int64.self) ?? 0
        var field: String?
        if case .sum(let name) = rule.result { field = name }
        try await keep(rule.selection, adding: field, isWhole: false, of: id, days, isPresent ? nil : asOf)
        if case .share(let whole) = rule.result {
            try await keep(whole, adding: nil, isWhole: true, of: id, days, isPresent ? nil : asOf)
        }
        return Tally(
            id: id,
            measure: rule.measure,
            ruleVersion: rule.version,
            days: days,
            asOf: asOf,
            principal: principal
        )
    }

    private func keep(
        _ selection: RecordSelection,
        adding field: String?,
        isWhole: Bool,
        of tally: Int64,
        _ days: DateSpan,
        _ asOf: Instant?
    ) async throws {
        var writer = SelectionSQL(days: days, asOf: asOf)
        let members = writer.select(selection, adding: field)
        var conditions = writer.conditions
        let id = conditions.bind(tally)
        let flag = conditions.bind(isWhole)
        try await connection.execute(
            PostgresQuery(
                sql: """
                    /* registry.tally.keep */ INSERT INTO registry.tally_part
                    SELECT \(id), region.id, \(flag), part.records, part.total
                    FROM (
                        -- Regions are looked up once they are few: the planner would do so for each record.
                        SELECT member.region, array_agg(member.id ORDER BY member.id) AS records, sum(member.added) AS total
                        FROM (\(members)) AS member GROUP BY member.region
                    ) part LEFT JOIN registry.region ON region.code = part.region
                    """,
                binds: conditions.binds
            )
        )
    }

    /// A counting by its number.
    public func find(_ id: Int64) async throws -> Tally? {
        try await connection.queryOne(
            """
            /* registry.tally.byId */ SELECT id, measure, rule_version, lower(days)::text, upper(days)::text, as_of, principal
            FROM registry.tally WHERE id = \(id)
            """
        ).map { row in
            let (id, measure, version, from, until, asOf, principal) = try row.decode(
                (Int64, String, Int32, String, String, PostgresTimestamp, String).self
            )
            return Tally(
                id: id,
                measure: measure,
                ruleVersion: Int(version),
                days: DateSpan(from: try CivilDate.stored(from), until: try CivilDate.stored(until)),
                asOf: Instant(asOf),
                principal: principal
            )
        }
    }

    /// What was counted, for each region whose whole subtree the caller sees, in the order of their codes.
    ///
    /// A region in which nothing was counted has the value zero: the registry knows that there is none.
    public func values(of tally: Tally, by rule: CountingRule) async throws -> [RegionCount] {
        let rows = try await connection.query(
            """
            /* registry.tally.values */
            WITH RECURSIVE subtree (root, region_id, code) AS (
                SELECT code, id, code FROM registry.region
                WHERE (SELECT identity.is_everywhere()) OR id = ANY ((SELECT identity.regions())::integer[])
                UNION
                SELECT subtree.root, child.id, child.code
                FROM subtree JOIN registry.region child ON child.parent_code = subtree.code
            )
            SELECT subtree.root,
                coalesce(sum(cardinality(part.records)) FILTER (WHERE NOT part.is_whole), 0)::bigint,
                coalesce(sum(cardinality(part.records)) FILTER (WHERE part.is_whole), 0)::bigint,
                coalesce(sum(part.total) FILTER (WHERE NOT part.is_whole), 0)
            FROM subtree
            LEFT JOIN registry.tally_part part ON part.tally_id = \(tally.id) AND part.region_id = subtree.region_id
            GROUP BY subtree.root ORDER BY subtree.root COLLATE "C"
            """
        )
        return try rows.map { row in
            let (region, records, whole, total) = try row.decode((String, Int64, Int64, PostgresNumeric).self)
            let sum = try ExactDecimal(total)
            if case .share = rule.result {
                let share = try Self.percent(records, of: whole)
                return RegionCount(region: region, records: records, whole: whole, value: share)
            }
            let value = ExactDecimal(mantissa: sum.mantissa, scale: sum.scale + rule.scale).normalized
            return RegionCount(region: region, records: records, whole: nil, value: value)
        }
    }

    /// The keys of the records that were counted in a region and below it, in the order of their keys.
    ///
    /// - Parameters:
    ///   - tally: The counting.
    ///   - region: The region's code.
    ///   - after: The last key of the page before.
    ///   - limit: The most keys.
    /// - Returns: The keys of records that the caller sees.
    /// - Throws: `PostgresError`.
    public func records(of tally: Int64, in region: String, after: String?, limit: Int) async throws -> [String] {
        let rows = try await connection.query(
            """
            /* registry.tally.records */
            WITH RECURSIVE subtree (id, code) AS (
                SELECT id, code FROM registry.region WHERE code = \(region)
                UNION
                SELECT child.id, child.code FROM subtree JOIN registry.region child ON child.parent_code = subtree.code
            )
            SELECT record.key FROM registry.record
            WHERE record.id IN (
                SELECT unnest(part.records) FROM registry.tally_part part JOIN subtree ON subtree.id = part.region_id
                WHERE part.tally_id = \(tally) AND NOT part.is_whole
            ) AND record.key > \(after ?? "")
            ORDER BY record.key LIMIT \(Int64(limit))
            """
        )
        return try rows.map { try $0.decode(String.self) }
    }

    /// A share in percent with two decimals; nothing of nothing has none.
    private static func percent(_ part: Int64, of whole: Int64) throws -> ExactDecimal? {
        guard whole > 0 else { return nil }
        return try ExactDecimal(Int(part)).multiplied(by: ExactDecimal(100)).divided(
            by: ExactDecimal(Int(whole)),
            places: 2
        )
    }
}
