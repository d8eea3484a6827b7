import DomainModel
import PostgresClient
import Storage
import TestSupport
import Testing

@Suite("registry repositories")
struct RegistryStoreTests {
    private static let source = Source(file: "f.txt", locator: "§1")

    static func region(
        _ code: String,
        level: String = "city",
        parent: String? = nil,
        area: String? = nil
    ) -> Located<Region> {
        Located(
            Region(
                code: code,
                name: LocalizedText(zh: "地区\(code)", en: "Region \(code)"),
                level: level,
                parent: parent,
                areaSquareKilometres: area.flatMap { ExactDecimal($0) },
                roles: "",
                focusIndustries: "",
                source: source
            ),
            line: 2,
            row: 2
        )
    }

    @Test("regions come back as they were written, with the decimal places of their area")
    func regionRoundTrip() async throws {
        try await withTestDatabase { pool in
            let region = Self.region("a", parent: "b", area: "390.50")
            let found = try await pool.withTransaction { connection in
                let counts = try await RegionStore(connection).merge([region, Self.region("b")], batch: 1)
                #expect(counts == MergeCounts(created: 2, revised: 0))
                return try await RegionStore(connection).find("a")?.record()
            }
            #expect(found == region.record)
            #expect(found?.areaSquareKilometres?.description == "390.50")
            #expect(try await pool.withConnection { try await RegionStore($0).find("c")?.record() } == nil)
        }
    }

    @Test("a merge writes only what differs, and counts it")
    func merge() async throws {
        try await withTestDatabase { pool in
            try await pool.withConnection { connection in
                let store = RegionStore(connection)
                _ = try await store.merge([Self.region("a"), Self.region("b"), Self.region("c", area: "1")], batch: 1)
                let counts = try await store.merge(
                    [Self.region("a"), Self.region("b", level: "town"), Self.region("c"), Self.region("d")],
                    batch: 2
                )
                #expect(counts == MergeCounts(created: 1, revised: 2))
                let batches = try await connection.query("SELECT code, batch_id FROM registry.region ORDER BY code")
                    .map { try $0.decode((String, Int64).self) }
                #expect(batches.map(\.1) == [1, 2, 2, 2])
                #expect(try await store.merge([], batch: 3) == MergeCounts(created: 0, revised: 0))
            }
        }
    }

    @Test("pages follow each other and end")
    func pages() async throws {
        try await withTestDatabase { pool in
            try await pool.withConnection { connection in
                let store = RegionStore(connection)
                let codes = (1...7).map { "r\($0)" }
                _ = try await store.merge(codes.map { Self.region($0) }, batch: 1)
                var found: [[String]] = []
                var after: String?
                repeat {
                    let page = try await store.list(.init(), ListQuestion(after: after, limit: 3)).records()
                    found.append(page.items.map(\.code))
                    after = page.next
                } while after != nil
                #expect(found == [["r1", "r2", "r3"], ["r4", "r5", "r6"], ["r7"]])
                #expect(try await store.list(.init(), ListQuestion(after: "r6", limit: 1)).next == nil)
            }
        }
    }

    @Test("filters restrict lists")
    func filters() async throws {
        try await withTestDatabase { pool in
            try await pool.withConnection { connection in
                let store = RegionStore(connection)
                _ = try await store.merge(
                    [Self.region("a"), Self.region("b", level: "town", parent: "a"), Self.region("c", parent: "a")],
                    batch: 1
                )
                func codes(_ filter: RegionStore.Filter) async throws -> [String] {
                    try await store.list(filter, ListQuestion(limit: 10)).records().items.map(\.code)
                }
                #expect(try await codes(.init(level: "city")) == ["a", "c"])
                #expect(try await codes(.init(parent: "a")) == ["b", "c"])
                #expect(try await codes(.init(level: "town", parent: "a")) == ["b"])
                #expect(try await store.parents().map(\.code) == ["b", "c"])
            }
        }
    }

    @Test("terms are found by vocabulary and code, and listed in that order")
    func classifications() async throws {
        try await withTestDatabase { pool in
            try await pool.withConnection { connection in
                let store = ClassificationStore(connection)
                func term(_ vocabulary: String, _ code: String, parent: String? = nil) -> Located<Classification> {
                    Located(
                        Classification(
                            vocabulary: vocabulary,
                            code: code,
                            parent: parent,
                            name: LocalizedText(zh: "词", en: "Term"),
                            rank: "2.1.3",
                            definition: "",
                            source: Self.source
                        ),
                        line: 2,
                        row: 2
                    )
                }
                let terms = [term("v", "b", parent: "a"), term("v", "a"), term("u", "z")]
                #expect(try await store.merge(terms, batch: 1) == MergeCounts(created: 3, revised: 0))
                #expect(try await store.merge(terms, batch: 2) == MergeCounts(created: 0, revised: 0))
                #expect(try await store.find(.init(vocabulary: "v", code: "b"))?.record() == terms[0].record)
                let first = try await store.list(.init(), ListQuestion(limit: 2)).records()
                #expect(first.items.map(\.code) == ["z", "a"])
                #expect(first.next == "v/a")
                let rest = try await store.list(.init(), ListQuestion(after: "v/a", limit: 2)).records()
                #expect(rest.items.map(\.code) == ["b"])
                #expect(rest.next == nil)
                #expect(
                    try await store.list(.init(vocabulary: "u"), ListQuestion(limit: 2)).records().items.map(\.code)
                        == ["z"]
                )
            }
        }
    }
}
