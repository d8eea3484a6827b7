import DomainModel
import PostgresClient

extension PastSearch {
    /// Those of some records of which tier, title and warning of a filter were true.
    func passing(_ records: [Int64], _ filter: SearchFilter) async throws -> Set<Int64> {
        // The state is that of the version that held.
        var said = filter
        said.state = nil
        if records.isEmpty || !said.looks { return Set(records) }
        var conditions = ListConditions()
        let ids = conditions.bind(records)
        let rows = try await connection.query(
            PostgresQuery(
                sql: """
                    /* registry.search.passed */ SELECT record.id FROM registry.record
                    WHERE record.id = ANY (\(ids)::bigint[]) AND \(said.sql(&conditions, at: moment))
                    """,
                binds: conditions.binds
            )
        )
        return Set(try rows.map { try $0.decode(Int64.self) })
    }

    /// The codes of a region and of all below it; `nil` for no region.
    func codes(within region: String?) async throws -> Set<String>? {
        guard let region else { return nil }
        var conditions = ListConditions()
        let codes = conditions.within(region)
        let row = try await connection.queryOne(
            PostgresQuery(sql: "/* registry.search.within */ SELECT \(codes)", binds: conditions.binds)
        )
        return try row.map { Set(try $0.decode([String].self)) }
    }

    /// How answers fell into parts.
    func count(
        _ names: [SearchFacet.Name],
        _ hits: [SearchHit],
        on day: CivilDate
    ) async throws -> [SearchFacet] {
        var counts: [SearchFacet.Name: [String: Int64]] = [:]
        for hit in hits {
            counts[.kind, default: [:]][hit.kind.rawValue, default: 0] += 1
            if let region = hit.region { counts[.region, default: [:]][region, default: 0] += 1 }
        }
        var conditions = ListConditions()
        let ids = conditions.bind(hits.map(\.record))
        let said = SearchStore.said(names, on: day, at: moment, &conditions)
        if !said.isEmpty {
            let rows = try await connection.query(
                PostgresQuery(
                    sql: """
                        /* registry.search.parts */ WITH numbers AS MATERIALIZED (SELECT \(ids)::bigint[] AS ids)
                        \(said.joined(separator: "\nUNION ALL "))
                        """,
                    binds: conditions.binds
                )
            )
            for row in rows {
                let (name, code, count) = try row.decode((String, String, Int64).self)
                counts[try stored(SearchFacet.Name.self, name), default: [:]][code] = count
            }
        }
        return SearchFacet.Name.allCases.filter(names.contains).map { name in
            let parts = (counts[name] ?? [:]).map { SearchFacet.Part(code: $0.key, count: $0.value) }
            return SearchFacet(name: name, parts: parts.sorted { ($1.count, $0.code) < ($0.count, $1.code) })
        }
    }
}

extension ListConditions {
    /// SQL that says that a derived fact of this table stood at a moment, or stands: after the last run that had been
    /// recorded by the instant, and judged the day or an earlier one.
    mutating func standing(_ table: String, at moment: SearchMoment) -> String {
        if moment.isPresent { return "\(table).until_run IS NULL" }
        var runs = "run.purpose = 'standing'"
        if let asOf = moment.asOf {
            runs += " AND coalesce(run.recorded_at, run.started_at) <= \(bind(PostgresTimestamp(asOf)))"
        }
        if let day = moment.validAt { runs += " AND run.day <= \(bind(day.isoText))::text::date" }
        let last = "(SELECT max(run.id) FROM registry.rule_run run WHERE \(runs))"
        return "\(table).first_run <= \(last) AND (\(table).until_run IS NULL OR \(table).until_run > \(last))"
    }
}
