public import DomainModel
public import NameForms
import PostgresClient

extension SearchStore {
    /// How the first answers fall into parts.
    ///
    /// - Parameters:
    ///   - names: What the parts are.
    ///   - question: What is asked.
    ///   - filter: What answers must fulfil.
    /// - Returns: The facets, and whether there are more answers than the ``lookLimit`` that were looked at.
    /// - Throws: `PostgresError`.
    public func facets(
        _ names: [SearchFacet.Name],
        _ question: SearchQuestion,
        _ filter: SearchFilter
    ) async throws -> (facets: [SearchFacet], isMore: Bool) {
        let rows = try await connection.query(Self.query(names, question, filter))
        var parted: [SearchFacet.Name: [SearchFacet.Part]] = [:]
        var answers: Int64 = 0
        for row in rows {
            let (name, code, count) = try row.decode((String, String, Int64).self)
            if name.isEmpty {
                answers = count
                continue
            }
            parted[try stored(SearchFacet.Name.self, name), default: []].append(.init(code: code, count: count))
        }
        let facets = SearchFacet.Name.allCases.filter(names.contains).map {
            SearchFacet(name: $0, parts: parted[$0] ?? [])
        }
        return (facets, answers > Int64(Self.lookLimit))
    }

    /// The answers stay in the database: a thousand of them would take longer on their way than to be counted.
    private static func query(
        _ names: [SearchFacet.Name],
        _ question: SearchQuestion,
        _ filter: SearchFilter
    ) -> PostgresQuery {
        var conditions = ListConditions()
        let found = found(question, filter.kinds, limit: lookLimit + 1, &conditions)
        let asked =
            filter.looks
            ? "JOIN registry.record ON record.id = first.id WHERE \(filter.sql(&conditions))"
            : ""
        let parts = parts(names, on: filter.day, &conditions) + ["SELECT '', '', count(*) FROM found"]
        let sql = """
            /* registry.search.facets */
            WITH found AS MATERIALIZED (\(found)), asked AS MATERIALIZED (
                SELECT first.id, first.kind, first.region_id
                FROM (SELECT id, kind, region_id FROM found LIMIT \(lookLimit)) AS first \(asked)
            ), numbers AS MATERIALIZED (SELECT array_agg(id) AS ids FROM asked)
            SELECT part.name, part.code, part.number FROM (
                \(parts.joined(separator: "\nUNION ALL "))
            ) AS part (name, code, number)
            ORDER BY part.number DESC, part.code COLLATE "C"
            """
        return PostgresQuery(sql: sql, binds: conditions.binds)
    }

    /// The first answers in their order, with what their keys say of them.
    private static func found(
        _ question: SearchQuestion,
        _ kinds: [RegistryKind],
        limit: Int,
        _ conditions: inout ListConditions
    ) -> String {
        let (whole, readings) = (conditions.bind(question.whole), conditions.bind(question.pinyin))
        let places = conditions.bind(kinds.map(\.rawValue))
        if question.parts == [question.whole] {
            return """
                SELECT record_id AS id, kind, region_id
                FROM registry.search_first(\(whole)::text, \(readings)::text[], \(places)::text[], \(limit))
                """
        }
        return """
            SELECT f.record_id AS id, record.kind, record.region_id
            FROM registry.search(
                \(whole)::text, \(readings)::text[], \(conditions.bind(question.parts))::text[], \(places)::text[],
                NULL, NULL, NULL, NULL, \(limit)
            ) f JOIN registry.record ON record.id = f.record_id
            ORDER BY f.rank, f.key COLLATE "C", f.record_id
            """
    }

    /// The parts of all facets.
    private static func parts(
        _ names: [SearchFacet.Name],
        on day: CivilDate,
        _ conditions: inout ListConditions
    ) -> [String] {
        var parts: [String] = []
        if names.contains(.kind) { parts.append("SELECT 'kind', kind, count(*) FROM asked GROUP BY kind") }
        if names.contains(.region) {
            parts.append(
                """
                SELECT 'region', region.code, lying.number
                FROM (SELECT region_id, count(*) AS number FROM asked GROUP BY region_id) AS lying
                JOIN registry.region ON region.id = lying.region_id
                """
            )
        }
        return parts + said(names, on: day, at: SearchMoment(), &conditions)
    }

    /// What is said of the records of `numbers`: of a thousand it is found by one walk along an index.
    static func said(
        _ names: [SearchFacet.Name],
        on day: CivilDate,
        at moment: SearchMoment,
        _ conditions: inout ListConditions
    ) -> [String] {
        var parts: [String] = []
        let types = names.filter { [.tier, .title].contains($0) }.map { "'\($0.rawValue)'" }
        if !types.isEmpty {
            parts.append(
                """
                SELECT s.type, s.term, count(*) FROM registry.statement s
                WHERE s.subject_id = ANY ((SELECT ids FROM numbers)::bigint[]) AND s.type IN (\(types.joined(separator: ", ")))
                    AND s.valid @> \(conditions.bind(day.isoText))::text::date
                    AND \(conditions.believed("s", asOf: moment.asOf)) AND s.term IS NOT NULL
                GROUP BY s.type, s.term
                """
            )
        }
        if names.contains(.warning) {
            parts.append(
                """
                SELECT 'warning', f.term, count(*) FROM registry.derived_fact f
                WHERE f.record_id = ANY ((SELECT ids FROM numbers)::bigint[]) AND f.sort = 'warning'
                    AND \(conditions.standing("f", at: moment))
                GROUP BY f.term
                """
            )
        }
        return parts
    }
}
