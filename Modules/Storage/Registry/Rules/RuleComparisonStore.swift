public import DomainModel
public import PostgresClient

/// Compares two runs of rules, set by set: what `RuleComparison` says of two lists in memory.
public struct RuleComparisonStore {
    private let connection: PostgresConnection
    private let before: RuleRun
    private let after: RuleRun

    /// Compares by a connection; the caller decides on the transaction, whose regions bound what is found.
    public init(_ connection: PostgresConnection, before: RuleRun, after: RuleRun) {
        self.connection = connection
        self.before = before
        self.after = after
    }

    /// How many there are of each difference, by sort and term.
    ///
    /// - Throws: `PostgresError`.
    public func difference() async throws -> RuleDifference {
        var conditions = ListConditions()
        let tables = tables(&conditions)
        let rows = try await connection.query(
            PostgresQuery(
                sql: """
                    /* registry.ruleRun.difference */ SELECT sort, term, count(*) FILTER (WHERE change = 'gained'),
                        count(*) FILTER (WHERE change = 'lost'), count(*) FILTER (WHERE change = 'regrounded'),
                        count(*) FILTER (WHERE change = 'unchanged')
                    FROM (\(tables)) compared GROUP BY sort, term ORDER BY sort, term
                    """,
                binds: conditions.binds
            )
        )
        let parts = try rows.map { row in
            let (sort, term, gained, lost, regrounded, unchanged) = try row.decode(
                (String, String, Int64, Int64, Int64, Int64).self
            )
            return RuleDifference.Part(
                sort: try stored(DerivedFact.Sort.self, sort),
                term: term,
                gained: gained,
                lost: lost,
                regrounded: regrounded,
                unchanged: unchanged
            )
        }
        return RuleDifference(before: before, after: after, parts: parts)
    }

    private struct Placed: Codable {
        let change: RuleChange
        let record: Int64
    }

    /// What is otherwise, in the order of sort, term and record.
    ///
    /// - Parameters:
    ///   - change: Only such differences.
    ///   - sort: Only of this sort.
    ///   - term: Only of this term.
    ///   - question: Which page.
    /// - Returns: The page.
    /// - Throws: `PostgresError`.
    public func changes(
        _ change: RuleChange.Change?,
        sort: DerivedFact.Sort?,
        term: String?,
        _ question: ListQuestion
    ) async throws -> Page<RuleChange> {
        var conditions = ListConditions()
        let tables = tables(&conditions)
        conditions.add("compared.change <> 'unchanged'")
        conditions.equal("compared.change", change?.rawValue)
        conditions.equal("compared.sort", sort?.rawValue)
        conditions.equal("compared.term", term)
        let page = try await Listing(
            marker: "registry.ruleRun.changes",
            columns: """
                compared.record_id, record.key, compared.change, compared.sort, compared.term, compared.old_rule,
                compared.old_grounds::text, compared.new_rule, compared.new_grounds::text
                """,
            tables: "(\(tables)) compared JOIN registry.record ON record.id = compared.record_id",
            key: [
                Listing.Key(column: "compared.sort", type: "text"), Listing.Key(column: "compared.term", type: "text"),
                Listing.Key(column: "compared.record_id", type: "bigint"),
            ]
        ).page(
            question,
            where: conditions,
            on: connection,
            keys: { $0.split(separator: "/").map(String.init) },
            cursor: { (placed: Placed) in
                let fact = placed.change.fact
                return "\(fact?.sort.rawValue ?? "")/\(fact?.term ?? "")/\(placed.record)"
            },
            read: Self.placed
        )
        return Page(items: page.items.map(\.change), next: page.next, total: page.total)
    }

    private static func placed(_ row: PostgresRow) throws -> Placed {
        let (record, key, change, sort, term, oldRule, oldGrounds, newRule, newGrounds) = try row.decode(
            (Int64, String, String, String, String, String?, String?, String?, String?).self
        )
        func fact(_ rule: String?, _ grounds: String?) throws -> DerivedFact? {
            guard let rule, let grounds else { return nil }
            return try DerivedFact(key, sort, term, rule, grounds)
        }
        let compared = RuleChange(
            change: try stored(RuleChange.Change.self, change),
            before: try fact(oldRule, oldGrounds),
            after: try fact(newRule, newGrounds)
        )
        return Placed(change: compared, record: record)
    }

    /// Each record, sort and term that either run has, of what both have looked at.
    private func tables(_ conditions: inout ListConditions) -> String {
        let codes = Set(before.rules.map(Self.code)).intersection(after.rules.map(Self.code)).sorted()
        let looked = conditions.bind(codes)
        let only = (before.record ?? after.record).map { key in conditions.bind(key) }
        func facts(of run: RuleRun) -> String {
            var own = conditions.fulfilled
            own.belongs("fact", to: run)
            own.add("split_part(fact.rule, '@', 1) = ANY (\(looked)::text[])")
            if let only { own.add("fact.record_id = (SELECT id FROM registry.record WHERE key = \(only)::text)") }
            conditions = own.fulfilled
            return "SELECT record_id, sort, term, rule, grounds FROM registry.derived_fact fact \(own.sql)"
        }
        return """
            SELECT coalesce(new.record_id, old.record_id) AS record_id, coalesce(new.sort, old.sort) AS sort,
                coalesce(new.term, old.term) AS term, old.rule AS old_rule, old.grounds AS old_grounds,
                new.rule AS new_rule, new.grounds AS new_grounds,
                CASE WHEN old.record_id IS NULL THEN 'gained' WHEN new.record_id IS NULL THEN 'lost'
                    WHEN (old.rule, old.grounds) = (new.rule, new.grounds) THEN 'unchanged' ELSE 'regrounded' END AS change
            FROM (\(facts(of: before))) old FULL JOIN (\(facts(of: after))) new
                ON new.record_id = old.record_id AND new.sort = old.sort AND new.term = old.term
            """
    }

    private static func code(_ rule: String) -> String { String(rule.prefix { $0 != "@" }) }
}
