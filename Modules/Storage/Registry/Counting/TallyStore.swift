public import DomainModel
public import PostgresClient

/// Counts records by rules, and keeps which ones were counted.
public struct TallyStore {
    private let connection: PostgresConnection

    /// Uses a connection, whose transaction the caller decides on.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Counts measures for all regions at once, and keeps the records with them.
    ///
    /// - Parameters:
    ///   - rules: What is counted, each measure once. One pass over the register does for all of them.
    ///   - days: The period; stocks are counted on its last day. It has both ends.
    ///   - asOf: The instant as of which the register is read.
    ///   - isPresent: Whether that is the newest instant and stays so until the transaction ends, as it does after
    ///     `BatchStore.newestInstant()`. What is believed now is then found without looking at who recorded it when.
    ///   - now: When it is counted.
    ///   - principal: In whose name.
    /// - Returns: The countings, in the order of the rules.
    /// - Throws: `PostgresError`.
    public func count(
        _ rules: [CountingRule],
        days: DateSpan,
        asOf: Instant,
        isPresent: Bool = false,
        now: Instant,
        principal: String
    ) async throws -> [Tally] {
        let range = "[\(days.from?.isoText ?? ""),\(days.until?.isoText ?? ""))"
        let rows = try await connection.query(
            """
            /* registry.tally.begin */
            INSERT INTO registry.tally (measure, rule_version, days, as_of, counted_at, principal)
            SELECT given.measure, given.version, \(range)::text::daterange, \(PostgresTimestamp(asOf)),
                \(PostgresTimestamp(now)), \(principal)
            FROM unnest(\(rules.map(\.measure))::text[], \(rules.map { Int32($0.version) })::integer[])
                WITH ORDINALITY AS given (measure, version, place)
            ORDER BY given.place RETURNING measure, id
            """
        )
        let ids = Dictionary(uniqueKeysWithValues: try rows.map { try $0.decode((String, Int64).self) })
        let tallies = try rules.map { rule in
            guard let id = ids[rule.measure] else { throw StorageError.missing(rule.measure) }
            return Tally(
                id: id,
                measure: rule.measure,
                ruleVersion: rule.version,
                days: days,
                asOf: asOf,
                principal: principal
            )
        }
        // The register is walked in the order of its numbers, not hashed nor sorted; compiling the long statement would
        // take longer than it saves. Of the past, what was believed has no such order.
        try await connection.execute(
            """
            /* registry.tally.memory */ SELECT set_config('work_mem', '192MB', true), set_config('enable_sort', 'off', true),
                set_config('enable_hashjoin', \(isPresent ? "off" : "on"), true), set_config('jit', 'off', true)
            """
        )
        for pass in CountingPass.passes(for: rules) {
            let terms = try await NarrowerTerms.find(below: pass.codes, connection)
            var writer = CountingSQL(pass, terms, days: days, asOf: isPresent ? nil : asOf)
            let sql = writer.keep(tallies.map(\.id))
            try await connection.execute(PostgresQuery(sql: sql, binds: writer.conditions.binds))
        }
        return tallies
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
    ///
    /// - Parameters:
    ///   - tally: The counting.
    ///   - rule: The rule that it was counted by.
    /// - Returns: The values.
    /// - Throws: `PostgresError`.
    public func values(of tally: Tally, by rule: CountingRule) async throws -> [RegionCount] {
        try await values(of: [(tally, rule)]).first ?? []
    }

    /// What was counted in several countings; see ``values(of:by:)``.
    public func values(of counted: [(tally: Tally, rule: CountingRule)]) async throws -> [[RegionCount]] {
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
            SELECT asked.id, subtree.root,
                coalesce(sum(part.counted) FILTER (WHERE NOT part.is_whole), 0)::bigint,
                coalesce(sum(part.counted) FILTER (WHERE part.is_whole), 0)::bigint,
                coalesce(sum(part.total) FILTER (WHERE NOT part.is_whole), 0)
            FROM unnest(\(counted.map(\.tally.id))::bigint[]) AS asked (id) CROSS JOIN subtree
            LEFT JOIN registry.tally_part part ON part.tally_id = asked.id AND part.region_id = subtree.region_id
            GROUP BY asked.id, subtree.root ORDER BY subtree.root COLLATE "C"
            """
        )
        let rules = Dictionary(uniqueKeysWithValues: counted.map { ($0.tally.id, $0.rule) })
        var values: [Int64: [RegionCount]] = [:]
        for row in rows {
            let (id, region, records, whole, total) = try row.decode(
                (Int64, String, Int64, Int64, PostgresNumeric).self
            )
            guard let rule = rules[id] else { continue }
            let sum = try ExactDecimal(total)
            if case .share = rule.result {
                let share = try Self.percent(records, of: whole)
                values[id, default: []].append(
                    RegionCount(region: region, records: records, whole: whole, value: share)
                )
            } else {
                let value = ExactDecimal(mantissa: sum.mantissa, scale: sum.scale + rule.scale).normalized
                values[id, default: []].append(
                    RegionCount(region: region, records: records, whole: nil, value: value)
                )
            }
        }
        return counted.map { values[$0.tally.id] ?? [] }
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
