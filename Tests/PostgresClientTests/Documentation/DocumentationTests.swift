import FoundationEssentials
import PostgresClient
import TestSupport
import Testing

/// The articles' examples are compiled here, one file an article, and run.
@Suite("Examples of the documentation", .timeLimit(.minutes(5)))
struct DocumentationTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    private static let catalogue =
        folder.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Modules/PostgresClient/PostgresClient.docc")

    private static func text(_ url: URL) throws -> String { String(decoding: try Data(contentsOf: url), as: UTF8.self) }

    /// The insides of a text's blocks of Swift.
    private static func blocks(of text: String) -> [String] {
        text.split(separator: "```swift\n", omittingEmptySubsequences: false).dropFirst().map { rest in
            rest.firstRange(of: "```").map { String(rest[..<$0.lowerBound]) } ?? String(rest)
        }
    }

    @Test("every Swift block of every article is compiled with these tests, letter by letter")
    func compiled() throws {
        let articles = try FileManager.default.contentsOfDirectory(atPath: Self.catalogue.path).filter {
            $0.hasSuffix(".md")
        }
        var count = 0
        for article in articles {
            let blocks = Self.blocks(of: try Self.text(Self.catalogue.appending(path: article)))
            guard !blocks.isEmpty else {
                continue
            }
            let name = article.dropLast(3) + "+Example.swift"
            let source = try Self.text(Self.folder.appending(path: String(name)))
            for block in blocks {
                #expect(source.contains(block), "\(article): a block is not in \(name)")
                count += 1
            }
        }
        #expect(articles.count >= 6 && count >= 15)
    }

    @Test("getting started leads to a working program")
    func gettingStarted() async throws {
        let database = try await TestDatabase.create(migrated: false)
        let pool = try makePool(database.connectionString)
        try await makeTables(in: pool)
        let price = try #require(PostgresNumeric("12.50"))
        let lamp = try #require(try await add("lamp", price: price, tags: ["light", "desk"], to: pool))
        _ = try await add("candle", price: PostgresNumeric(mantissa: 99, scale: 2), tags: ["light"], to: pool)
        try await pool.execute("INSERT INTO inventory.stock VALUES (\(lamp), 'north', 5)")
        #expect(try await moveIfPossible(2, of: lamp, from: "north", to: "south", in: pool))
        #expect(try await !moveIfPossible(4, of: lamp, from: "north", to: "south", in: pool))
        let found = try await items(tagged: "light", in: pool)
        #expect(found.map(\.name) == ["candle", "lamp"])
        #expect(found.map(\.price.description) == ["0.99", "12.50"])
        #expect(found.map(\.stock) == [nil, 5])
        #expect(try await totalValue(in: pool) == 62.5)
        try await pool.execute("CREATE VIEW item AS TABLE inventory.item")
        #expect(try await names(ofItemsBelow: price, in: pool) == ["candle"])
        await pool.shutdown()
        try await database.drop()
    }

    @Test("enums, composite values and amounts are what the article on values says")
    func values() async throws {
        try await withTestDatabase(migrated: false) { pool in
            try await pool.execute("CREATE TYPE mood AS ENUM ('calm', 'glad')")
            try await pool.execute("CREATE TYPE address AS (city text, street text)")
            try await pool.execute("CREATE TABLE person (name text, mood mood, home address)")
            try await pool.execute("INSERT INTO person VALUES ('李', 'glad', NULL), ('Ada', 'calm', NULL)")
            #expect(try await people(who: .glad, in: pool) == ["李"])
            let home = Address(city: "London", street: nil)
            #expect(try await setHome(of: "Ada", to: home, in: pool) == home)
            #expect(try await setHome(of: "Ada", to: nil, in: pool) == nil)
            let row = try #require(try await pool.queryOne("SELECT \(Money(cents: -1250)), 0.05, 1.5"))
            #expect(try Money(from: row.cell(at: 0)) == Money(cents: -1250))
            #expect(try Money(from: row.cell(at: 1)).cents == 5)
            #expect(throws: PostgresError.self) { try Money(from: row.cell(at: 2)) }
        }
    }

    @Test("rows are copied in and out as the article on COPY says")
    func copying() async throws {
        try await withTestDatabase(migrated: false) { pool in
            try await pool.execute("CREATE TABLE reading (sensor int8, at timestamptz, value float8)")
            let instant = PostgresTimestamp(microsecondsSince1970: 0)
            #expect(try await load([(1, instant, 2.5), (2, instant, nil), (3, instant, 7)], into: pool) == 3)
            #expect(try await largestValue(in: pool) == 7)
        }
    }

    @Test("a renamed region is listed as the article on replicas says")
    func replicas() async throws {
        try await withReplicaSet { servers, _ in
            try await servers.write { try await $0.execute("CREATE TABLE region (id int8, name text)") }
            try await servers.write { try await $0.execute("INSERT INTO region VALUES (1, 'old'), (2, 'b')") }
            #expect(try await renameAndList(1, to: "余杭", in: servers) == ["余杭", "b"])
        }
    }
}
