import DomainModel
import NameForms
import PostgresClient
import Storage
import TestSeeds
import TestSupport
import Testing

/// Facets are told of the same answers that the search box gives, in the same order.
@Suite("facets of the search box")
struct SearchFacetTests {
    private typealias Box = SearchStoreTests

    /// All answers of the box, page by page.
    private func answers(
        _ question: SearchQuestion,
        _ filter: SearchFilter,
        _ store: SearchStore
    ) async throws -> [SearchHit] {
        var (found, after) = ([SearchHit](), String?.none)
        repeat {
            let page = try await store.search(question, filter, after: after, limit: 100)
            found += page.items
            after = page.next
        } while after != nil
        return found
    }

    private func first(
        _ question: SearchQuestion,
        _ most: Int,
        _ connection: PostgresConnection
    ) async throws -> [Int64] {
        try await connection.query(
            """
            SELECT record_id FROM registry.search_first(
                \(question.whole)::text, \(question.pinyin)::text[],
                \(RegistryKind.allCases.map(\.rawValue))::text[], \(Int32(most))
            )
            """
        ).map { try $0.decode(Int64.self) }
    }

    @Test("the first answers are those of the pure rule, as many as are asked for")
    func order() async throws {
        var numbers = SeededGenerator.announced()
        let subjects = Box.subjects(400, &numbers)
        try await withTestDatabase { pool in
            try await pool.withTransaction { connection in
                try await connection.execute("SELECT set_config('ceyuan.regions', '*', true)")
                try await Box.makeRecords(subjects, connection)
                try await SearchStore(connection).put(subjects)
                for text in ["王", "单", "伟", "王单", "zhang", "z", "zw", "chang", "jean", "no"] {
                    let question = try #require(SearchQuestion(text))
                    let expected = Box.expected(question, subjects).map(\.1)
                    // Keys are read a hundred at a time and more: some of these take several goes.
                    for most in [1, 7, 130, 1_000] {
                        #expect(try await first(question, most, connection) == Array(expected.prefix(most)), "\(text)")
                    }
                }
            }
        }
    }

    @Test("each facet counts the answers, of one part and of several, with filters and without")
    func counts() async throws {
        var numbers = SeededGenerator.announced()
        let subjects = Box.subjects(300, &numbers)
        try await withTestDatabase { pool in
            try await pool.withTransaction { connection in
                try await connection.execute("SELECT set_config('ceyuan.regions', '*', true)")
                let store = SearchStore(connection)
                try await Box.makeRecords(subjects, connection)
                try await store.put(subjects)
                try await connection.execute("UPDATE registry.record SET state = 'closed' WHERE id % 3 = 0")
                for text in ["王", "zhang", "张 伟", "Zhang Wei", "王 王", "no"] {
                    let question = try #require(SearchQuestion(text))
                    for (state, kinds) in [
                        (RecordState?.none, RegistryKind.allCases), (.closed, RegistryKind.allCases),
                        (.active, [.talent]),
                    ] {
                        let filter = SearchFilter(kinds: kinds, state: state, day: day(2_024))
                        let hits = try await answers(question, filter, store)
                        let found = try await store.facets([.kind, .region, .tier, .title, .warning], question, filter)
                        let counted = Dictionary(
                            uniqueKeysWithValues: found.facets.first?.parts.map { ($0.code, Int($0.count)) } ?? []
                        )
                        let expected = Dictionary(grouping: hits, by: \.kind.rawValue).mapValues(\.count)
                        #expect(counted == expected, "\(text)")
                        #expect(found.facets.map(\.name) == SearchFacet.Name.allCases && !found.isMore)
                    }
                }
            }
        }
    }

    @Test("the role of services counts what lies in its regions alone")
    func regions() async throws {
        let database = try await TestDatabase.create()
        let (owner, pool) = (try database.makePool(), try database.makeServicePool())
        let places = try await owner.withTransaction { connection in
            _ = try await RegionStore(connection).merge(["a", "b"].map { RegistryStoreTests.region($0) }, batch: 1)
            return try await RegionStore(connection).codesByNumber()
        }
        let codes = places.sorted { $0.value < $1.value }
        let subjects = (0..<30).map { place in
            SearchSubject(
                record: Int64(place),
                kind: .talent,
                region: place % 3 == 2 ? nil : codes[place % 3].key,
                names: [SearchName(field: "name_zh", text: "王芳", kind: .person)]
            )
        }
        let question = try #require(SearchQuestion("芳"))
        func count(_ scope: RegionScope) async throws -> [SearchFacet.Part] {
            try await pool.withTransaction { connection in
                try await connection.execute("SELECT set_config('ceyuan.regions', \(scope.setting), true)")
                let filter = SearchFilter(day: day(2_024))
                return try await SearchStore(connection).facets([.region], question, filter).facets[0].parts
            }
        }
        try await owner.withTransaction { try await Box.makeRecords(subjects, $0) }
        try await pool.withTransaction { connection in
            try await connection.execute("SELECT set_config('ceyuan.regions', '*', true)")
            try await SearchStore(connection).put(subjects)
        }
        #expect(try await count(.everywhere) == codes.map { .init(code: $0.value, count: 10) })
        #expect(try await count(.regions([codes[1].key])) == [.init(code: codes[1].value, count: 10)])
        #expect(try await count(.nowhere) == [])
        await pool.shutdown()
        await owner.shutdown()
        try await database.drop()
    }
}
