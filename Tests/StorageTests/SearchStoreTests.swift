import DomainModel
import NameForms
import PostgresClient
import Storage
import TestSeeds
import TestSupport
import Testing

@Suite("the search box")
struct SearchStoreTests {
    /// Few characters, so that names have much in common; readings that differ; both scripts.
    private static let characters = Array("王单曾张偉伟民芳乐長长")

    static func name(_ numbers: inout SeededGenerator) -> String {
        if Int.random(in: 0..<8, using: &numbers) == 0 {
            return ["Jean O’Neill", "Jean-Paul Wang", "Zhang, Wei"].randomElement(using: &numbers) ?? ""
        }
        let length = Int.random(in: 1...4, using: &numbers)
        return String((0..<length).compactMap { _ in characters.randomElement(using: &numbers) })
    }

    static func subjects(_ count: Int, _ numbers: inout SeededGenerator) -> [SearchSubject] {
        (1...Int64(count)).map { record in
            let names = (0..<Int.random(in: 1...3, using: &numbers)).map { place in
                SearchName(field: place == 0 ? "name_zh" : "names_former", text: name(&numbers), kind: .person)
            }
            return SearchSubject(
                record: record,
                kind: record % 5 == 0 ? .enterprise : .talent,
                region: nil,
                names: names
            )
        }
    }

    /// What the pure rule makes of it: each record once, at its best name.
    static func expected(_ question: SearchQuestion, _ subjects: [SearchSubject]) -> [(SearchMatch, Int64)] {
        subjects.compactMap { subject in
            subject.names.compactMap { question.match(SearchKeys($0.text, as: $0.kind)) }.min().map {
                ($0, subject.record)
            }
        }.sorted { $0.0 != $1.0 ? $0.0 < $1.0 : $0.1 < $1.1 }
    }

    /// Makes bare records of these numbers, as their owner.
    static func makeRecords(_ subjects: [SearchSubject], _ connection: PostgresConnection) async throws {
        try await connection.execute(
            """
            WITH recording AS (
                INSERT INTO registry.recording (recorded_at, principal, activity, reason)
                VALUES ('epoch', 'p', 'a', '') RETURNING id
            )
            INSERT INTO registry.record (id, kind, key, state, region_id, recording_id) OVERRIDING SYSTEM VALUE
            SELECT made.id, made.kind, 'X-' || made.id, 'active', made.region, recording.id
            FROM recording, unnest(
                \(subjects.map(\.record))::bigint[], \(subjects.map(\.kind.rawValue))::text[],
                \(subjects.map(\.region))::integer[]
            ) AS made (id, kind, region)
            """
        )
    }

    @Test("SQL finds and ranks what the pure rule finds and ranks, page after page")
    func rule() async throws {
        var numbers = SeededGenerator.announced()
        let subjects = Self.subjects(300, &numbers)
        let questions = (0..<60).map { _ in
            let name = Array(Self.name(&numbers))
            let first = Int.random(in: 0..<name.count, using: &numbers)
            return String(name[first...].prefix(Int.random(in: 1...4, using: &numbers)))
        }
        try await withTestDatabase { pool in
            try await pool.withTransaction { connection in
                try await connection.execute("SELECT set_config('ceyuan.regions', '*', true)")
                let store = SearchStore(connection)
                try await Self.makeRecords(subjects, connection)
                try await store.put(subjects)
                let typed = [
                    "z", "zhang", "Zhang Wei", "zw", "shan", "单 芳", "wei张", "jean", "wang paul", "neill jean", "a",
                    "le",
                ]
                for text in questions + typed {
                    guard let question = SearchQuestion(text) else { continue }
                    var found: [SearchHit] = []
                    var after: String?
                    repeat {
                        let page = try await store.search(question, after: after, limit: 7)
                        #expect(page.items.count == 7 || page.next == nil)
                        found += page.items
                        after = page.next
                    } while after != nil
                    let expected = Self.expected(question, subjects)
                    #expect(found.map(\.record) == expected.map(\.1), "\(text)")
                    #expect(found.map(\.rank) == expected.map(\.0.rank), "\(text)")
                }
            }
        }
    }

    @Test("what a record was called before is not found once its names changed")
    func change() async throws {
        try await withTestDatabase { pool in
            try await pool.withTransaction { connection in
                try await connection.execute("SELECT set_config('ceyuan.regions', '*', true)")
                let store = SearchStore(connection)
                func put(_ names: [String]) async throws {
                    let names = names.map { SearchName(field: "name_zh", text: $0, kind: .person) }
                    try await store.put([SearchSubject(record: 1, kind: .talent, region: nil, names: names)])
                }
                func isFound(_ text: String) async throws -> Bool {
                    let question = try #require(SearchQuestion(text))
                    return try await !store.search(question, limit: 1).items.isEmpty
                }
                func keys() async throws -> Int64? {
                    try await connection.queryOne("SELECT count(*) FROM registry.search_key")?.decode(Int64.self)
                }
                try await Self.makeRecords(
                    [SearchSubject(record: 1, kind: .talent, region: nil, names: [])],
                    connection
                )
                try await put(["张伟", "王芳"])
                #expect(try await isFound("zhangwei"))
                #expect(try await keys() == 8)
                try await put(["张民"])
                #expect(try await !isFound("zhangwei"))
                #expect(try await !isFound("王芳"))
                #expect(try await isFound("民"))
                #expect(try await keys() == 4)
                try await put([])
                #expect(try await !isFound("民"))
                #expect(try await keys() == 0)
            }
        }
    }

    @Test("kinds that were not asked for are not found")
    func kinds() async throws {
        try await withTestDatabase { pool in
            try await pool.withTransaction { connection in
                try await connection.execute("SELECT set_config('ceyuan.regions', '*', true)")
                let store = SearchStore(connection)
                let subjects = [RegistryKind.talent, .enterprise, .platform].enumerated().map { place, kind in
                    let name = SearchName(field: "name_zh", text: "之江", kind: .other)
                    return SearchSubject(record: Int64(place), kind: kind, region: nil, names: [name])
                }
                try await Self.makeRecords(subjects, connection)
                try await store.put(subjects)
                let question = try #require(SearchQuestion("江"))
                let found = try await store.search(question, kinds: [.platform, .talent], limit: 10)
                #expect(found.items.map(\.kind) == [.talent, .platform])
            }
        }
    }

    @Test("the role of services finds what lies in its regions, and cannot read the keys themselves")
    func regions() async throws {
        let database = try await TestDatabase.create()
        let owner = try database.makePool()
        let pool = try database.makeServicePool()
        let numbers = try await owner.withTransaction { connection in
            let regions = ["a", "b", "c"].map { RegistryStoreTests.region($0) }
            _ = try await RegionStore(connection).merge(regions, batch: 1)
            return try await RegionStore(connection).codesByNumber().sorted { $0.value < $1.value }.map(\.key)
        }
        let subjects = (0..<40).map { place in
            SearchSubject(
                record: Int64(place),
                kind: .talent,
                region: place % 4 == 3 ? nil : numbers[place % 4],
                names: [SearchName(field: "name_zh", text: "王芳", kind: .person)]
            )
        }
        let question = try #require(SearchQuestion("芳"))
        func find(_ scope: RegionScope) async throws -> [Int64] {
            try await pool.withTransaction { connection in
                try await connection.execute("SELECT set_config('ceyuan.regions', \(scope.setting), true)")
                return try await SearchStore(connection).search(question, limit: 100).items.map(\.record)
            }
        }
        try await owner.withTransaction { try await Self.makeRecords(subjects, $0) }
        try await pool.withTransaction { connection in
            try await connection.execute("SELECT set_config('ceyuan.regions', '*', true)")
            try await SearchStore(connection).put(subjects)
        }
        #expect(try await find(.everywhere) == Array(0..<40))
        #expect(try await find(.regions([numbers[1]])) == stride(from: 1, to: 40, by: 4).map(Int64.init))
        #expect(try await find(.regions([numbers[0], numbers[2]])) == stride(from: 0, to: 40, by: 2).map(Int64.init))
        #expect(try await find(.nowhere) == [])

        let foreign = SearchSubject(record: 1, kind: .talent, region: numbers[0], names: subjects[1].names)
        await #expect(throws: PostgresError.self) {
            try await pool.withTransaction { connection in
                try await connection.execute(
                    "SELECT set_config('ceyuan.regions', '{\(unescaped: String(numbers[2]))}', true)"
                )
                try await SearchStore(connection).put([foreign])
            }
        }
        await #expect(throws: PostgresError.self) {
            try await pool.withConnection { try await $0.query("SELECT count(*) FROM registry.search_key") }
        }
        await pool.shutdown()
        await owner.shutdown()
        try await database.drop()
    }

    @Test("only names and public identifiers are found by")
    func fields() {
        let names = SearchName.all(
            in: [
                "name_zh": .text("张伟"), "names_former": .list([.text("张卫"), .text("张为")]),
                "orcid": .text("0000-0002-1825-0097"), "resident_id": .text("110101199003070011"),
                "telephone": .list([.text("1")]), "major": .text("物理"),
            ],
            RecordModel.standard.fields(of: .talent),
            of: .talent
        )
        #expect(names.map(\.text) == ["张伟", "张卫", "张为", "0000-0002-1825-0097"])
        #expect(names.map(\.kind) == [.person, .person, .person, .identifier])
    }
}
