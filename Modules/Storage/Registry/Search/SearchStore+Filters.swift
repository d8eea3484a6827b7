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
}
