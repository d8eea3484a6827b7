public import DomainModel
import PostgresClient

extension RuleRunStore {
    /// Keeps the facts of the records with numbers after one and up to another: all that there are of them.
    ///
    /// A run that stands ends what it no longer comes to, and leaves alone what it comes to again on the same grounds:
    /// where nothing has changed, one statement reads what stands, and none writes.
    ///
    /// - Throws: `PostgresError`; `EncodingError`.
    public func keep(
        _ facts: [(record: Int64, fact: DerivedFact)],
        after: Int64,
        upTo: Int64,
        of run: Int64,
        _ purpose: RuleRun.Purpose
    ) async throws {
        let given = try FactColumns(facts)
        switch purpose {
        case .trial: try await add(given, of: run, until: run)
        case .standing:
            let news = try await compare(given, after: after, upTo: upTo)
            try await end(news.gone, by: run)
            try await add(try FactColumns(news.new.map { facts[$0] }), of: run, until: nil)
        }
    }

    /// Facts as columns.
    private struct FactColumns {
        let records: [Int64]
        let sorts: [String]
        let terms: [String]
        let rules: [String]
        let grounds: [String]

        init(_ facts: [(record: Int64, fact: DerivedFact)]) throws {
            records = facts.map(\.record)
            sorts = facts.map(\.fact.sort.rawValue)
            terms = facts.map(\.fact.term)
            rules = facts.map(\.fact.rule)
            grounds = try facts.map { try CanonicalJSON.text($0.fact.grounds) }
        }
    }

    /// The row numbers of what stands and is not given as it stands, and the places of what is given and does not stand
    /// so.
    ///
    /// Both sides are bounded before they are joined: the table has no statistics when a first run has just filled it.
    private func compare(
        _ given: FactColumns,
        after: Int64,
        upTo: Int64
    ) async throws -> (gone: [Int64], new: [Int]) {
        let rows = try await connection.query(
            """
            /* registry.derivedFact.compare */ WITH given AS MATERIALIZED (
                SELECT place, record_id, sort, term, rule, grounds::jsonb AS grounds FROM unnest(
                    \(given.records)::bigint[], \(given.sorts)::text[], \(given.terms)::text[],
                    \(given.rules)::text[], \(given.grounds)::text[]
                ) WITH ORDINALITY AS given (record_id, sort, term, rule, grounds, place)
            ), known AS MATERIALIZED (
                SELECT id, record_id, sort, term, rule, grounds FROM registry.derived_fact
                WHERE until_run IS NULL AND record_id > \(after) AND record_id <= \(upTo)
            )
            SELECT known.id, given.place FROM known FULL JOIN given
                ON given.record_id = known.record_id AND given.sort = known.sort AND given.term = known.term
            WHERE (known.rule, known.grounds) IS DISTINCT FROM (given.rule, given.grounds)
            ORDER BY given.place
            """
        )
        let found = try rows.map { try $0.decode((Int64?, Int64?).self) }
        return (found.compactMap(\.0), found.compactMap { $0.1.map { Int($0) - 1 } })
    }

    private func end(_ facts: [Int64], by run: Int64) async throws {
        if facts.isEmpty { return }
        try await connection.execute(
            """
            /* registry.derivedFact.end */ UPDATE registry.derived_fact SET until_run = \(run)
            WHERE id = ANY (\(facts)::bigint[])
            """
        )
    }

    private func add(_ given: FactColumns, of run: Int64, until: Int64?) async throws {
        if given.records.isEmpty { return }
        try await connection.execute(
            """
            /* registry.derivedFact.keep */ INSERT INTO registry.derived_fact (
                first_run, until_run, record_id, sort, term, rule, grounds
            )
            SELECT \(run), \(until)::bigint, record_id, sort, term, rule, grounds::jsonb FROM unnest(
                \(given.records)::bigint[], \(given.sorts)::text[], \(given.terms)::text[], \(given.rules)::text[],
                \(given.grounds)::text[]
            ) AS given (record_id, sort, term, rule, grounds)
            """
        )
    }
}
