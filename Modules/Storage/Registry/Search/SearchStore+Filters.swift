public import DomainModel
public import NameForms
import PostgresClient

extension SearchStore {
    /// The most answers that are looked at for one page, and counted for facets.
    public static let lookLimit = 1_000
    private static let step = 200

    /// Bounds all that follows in the transaction to a region and those below it, as far as they are the caller's.
    ///
    /// The keys of names are ordered by region, so what lies elsewhere costs nothing.
    ///
    /// - Throws: `PostgresError`.
    public func narrow(to region: String) async throws {
        try await connection.query(
            """
            /* registry.search.narrow */ SELECT set_config('ceyuan.regions', '{' || coalesce((
                WITH RECURSIVE subtree (id, code) AS (
                    SELECT id, code FROM registry.region WHERE code = \(region)
                    UNION
                    SELECT child.id, child.code
                    FROM subtree JOIN registry.region child ON child.parent_code = subtree.code
                )
                SELECT string_agg(id::text, ',' ORDER BY id) FROM subtree
                WHERE identity.is_everywhere() OR id = ANY (identity.regions())
            ), '') || '}', true)
            """
        )
    }

    /// The records that answer a question and fulfil a filter, best first.
    ///
    /// - Parameters:
    ///   - question: What is asked.
    ///   - filter: What they must fulfil.
    ///   - after: The cursor of the page before; `nil` begins at the start.
    ///   - limit: At most so many.
    /// - Returns: A page. At most ``lookLimit`` answers are looked at for it: it may be short and have a next one.
    /// - Throws: ``StorageError/unknownCode(_:)`` for a cursor that no page had; `PostgresError`.
    public func search(
        _ question: SearchQuestion,
        _ filter: SearchFilter,
        after: String? = nil,
        limit: Int
    ) async throws -> Page<SearchHit> {
        guard filter.looks else {
            return try await search(question, kinds: filter.kinds, after: after, limit: limit)
        }
        var (found, place, looked) = ([SearchHit](), after, 0)
        while looked < Self.lookLimit {
            let page = try await search(question, kinds: filter.kinds, after: place, limit: Self.step)
            let passing = try await passing(page.items.map(\.record), filter)
            for (index, hit) in page.items.enumerated() where passing.contains(hit.record) {
                found.append(hit)
                if found.count == limit {
                    let isLast = index == page.items.count - 1
                    let next = isLast ? page.next : try await self.place(of: index, question, filter, after: place)
                    return Page(items: found, next: next)
                }
            }
            looked += page.items.count
            place = page.next
            if place == nil { break }
        }
        return Page(items: found, next: place)
    }

    /// The cursor after one answer of a page.
    private func place(
        of index: Int,
        _ question: SearchQuestion,
        _ filter: SearchFilter,
        after: String?
    ) async throws -> String? {
        try await search(question, kinds: filter.kinds, after: after, limit: index + 1).next
    }

    private func passing(_ records: [Int64], _ filter: SearchFilter) async throws -> Set<Int64> {
        var conditions = ListConditions()
        let ids = conditions.bind(records)
        let rows = try await connection.query(
            PostgresQuery(
                sql: """
                    /* registry.search.passing */ SELECT record.id FROM registry.record
                    WHERE record.id = ANY (\(ids)::bigint[]) AND \(filter.sql(&conditions))
                    """,
                binds: conditions.binds
            )
        )
        return Set(try rows.map { try $0.decode(Int64.self) })
    }

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
        // The answers stay in the database: a thousand of them would take longer on their way than to be counted.
        var conditions = ListConditions()
        let (whole, readings) = (conditions.bind(question.whole), conditions.bind(question.pinyin))
        let (parts, kinds) = (conditions.bind(question.parts), conditions.bind(filter.kinds.map(\.rawValue)))
        let limit = Int32(Self.lookLimit)
        let day = conditions.bind(filter.day.isoText)
        let asked = conditions.bind(names.map(\.rawValue))
        let sql = """
            /* registry.search.facets */
            WITH found AS MATERIALIZED (
                SELECT f.record_id, row_number() OVER (ORDER BY f.rank, f.key COLLATE "C", f.record_id) AS place
                FROM registry.search(
                    \(whole)::text, \(readings)::text[], \(parts)::text[], \(kinds)::text[], NULL, NULL, NULL, NULL,
                    \(limit + 1)
                ) f
            ), asked AS MATERIALIZED (
                SELECT record.id, record.kind, record.region_id
                FROM found JOIN registry.record ON record.id = found.record_id
                WHERE found.place <= \(limit) AND \(filter.sql(&conditions))
            ), told AS (
                SELECT 'kind' AS name, kind AS code FROM asked
                UNION ALL SELECT 'region', region.code FROM asked JOIN registry.region ON region.id = asked.region_id
                UNION ALL SELECT s.type, s.term FROM asked JOIN registry.statement s ON s.subject_id = asked.id
                    WHERE s.type IN ('tier', 'title') AND s.valid @> \(day)::text::date
                        AND s.superseded_by IS NULL AND s.term IS NOT NULL
                UNION ALL SELECT f.sort, f.term FROM asked JOIN registry.derived_fact f ON f.record_id = asked.id
                    WHERE f.sort = 'warning' AND f.until_run IS NULL
            )
            SELECT part.name, part.code, part.number FROM (
                SELECT name, code, count(*) AS number FROM told WHERE name = ANY (\(asked)::text[]) GROUP BY name, code
                UNION ALL SELECT '', '', count(*) FROM found
            ) AS part
            ORDER BY part.number DESC, part.code COLLATE "C"
            """
        let rows = try await connection.query(PostgresQuery(sql: sql, binds: conditions.binds))
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
}
