import PostgresClient
import TestSeeds
import TestSupport
import Testing

@Suite("COPY of typed rows")
struct CopyRowTests {
    private struct GivenUp: Error {}

    private static func generate(_ count: Int, _ generator: inout SeededGenerator) -> [(Int, String?, PostgresNumeric)]
    {
        let letters = Array("ab\t\n\r\\\u{8}\u{B}\u{C}N.中,\"'")
        return (0..<count).map { index in
            let length = Int.random(in: 0...12, using: &generator)
            let text = String((0..<length).map { _ in letters.randomElement(using: &generator) ?? "a" })
            let isNull = Int.random(in: 0..<4, using: &generator) == 0
            let mantissa = Int128(Int64.random(in: -1 << 60...1 << 60, using: &generator))
            return (index, isNull ? nil : text, PostgresNumeric(mantissa: mantissa, scale: index % 9))
        }
    }

    @Test("typed rows go in and come out by binary COPY as they were")
    func binary() async throws {
        var generator = SeededGenerator.announced()
        let rows = Self.generate(20_000, &generator)
        try await withTestDatabase(migrated: false, connections: 1) { pool in
            try await pool.execute("CREATE TABLE t (id int8, \"odd \"\"name\" text, v numeric, d daterange)")
            try await pool.withConnection { connection in
                let day = PostgresRange(from: PostgresDate(daysSince2000: 1), upTo: nil)
                let count = try await connection.copyRows(into: "t", columns: ["id", "odd \"name", "v", "d"]) {
                    writer in
                    for (id, text, number) in rows {
                        try await writer.write(id, text, number, id.isMultiple(of: 2) ? day : nil)
                    }
                }
                #expect(count == rows.count)
                var received = 0
                for try await row in try await connection.copyRows(of: "SELECT * FROM t ORDER BY id -- all") {
                    let (id, text, number, range) = try row.decode(
                        (Int, String?, PostgresNumeric, PostgresRange<PostgresDate>?).self
                    )
                    #expect(id == received && text == rows[id].1 && number == rows[id].2)
                    #expect((range == day) == id.isMultiple(of: 2))
                    received += 1
                }
                #expect(received == rows.count)
            }
        }
    }

    @Test("texts go in and come out by text COPY as they were")
    func text() async throws {
        var generator = SeededGenerator.announced()
        let rows = Self.generate(5000, &generator)
        try await withTestDatabase(migrated: false, connections: 1) { pool in
            try await pool.execute("CREATE TABLE t (id int4, s text, v numeric)")
            try await pool.withConnection { connection in
                let count = try await connection.copyTexts(into: "public.t", columns: ["id", "s", "v"]) { writer in
                    for (id, text, number) in rows {
                        try await writer.write(["\(id)", text, number.description])
                    }
                }
                #expect(count == rows.count)
                let stored = try await connection.query("SELECT id, s, v FROM t ORDER BY id")
                var received: [[String?]] = []
                for try await texts in try await connection.copyTexts(of: "SELECT id, s, v FROM t ORDER BY id") {
                    received.append(texts)
                }
                #expect(received.count == rows.count)
                for ((row, texts), (id, text, number)) in zip(zip(stored, received), rows) {
                    #expect(try row.decode((Int, String?, PostgresNumeric).self) == (id, text, number))
                    #expect(texts == ["\(id)", text, number.description])
                }
                #expect(
                    try await connection.copyTexts(of: "SELECT 1 WHERE false").reduce(0) { count, _ in count + 1 } == 0
                )
            }
        }
    }

    @Test(
        "enums, domains and short texts take Swift texts; a value of another type is refused by name before it is sent"
    )
    func checked() async throws {
        try await withTestDatabase(migrated: false, connections: 1) { pool in
            try await pool.execute("CREATE TYPE mood AS ENUM ('calm')")
            try await pool.execute("CREATE DOMAIN small AS int4 CHECK (VALUE < 10)")
            try await pool.execute("CREATE DOMAIN smaller AS small CHECK (VALUE < 5)")
            try await pool.execute("CREATE TABLE t (m mood, n smaller, v varchar(3), j jsonb)")
            try await pool.withConnection { connection in
                let columns = ["m", "n", "v", "j"]
                let json = PostgresJSONB(Array("{}".utf8))
                let good = try await connection.copyRows(into: "t", columns: columns) { writer in
                    try await writer.write("calm", Int32(4), "abc", json)
                    let wrong = try await #require(throws: PostgresError.self) {
                        try await writer.write("calm", 4, "abc", json)
                    }
                    #expect(wrong.code == .encoding && wrong.description.contains("column n is integer"))
                    await #expect(throws: PostgresError.self) { try await writer.write("calm", Int32(4), "abc", "{}") }
                    await #expect(throws: PostgresError.self) { try await writer.write("calm", Int32(4)) }
                    await #expect(throws: PostgresError.self) {
                        try await writer.write("calm", Int32(4), "abc", json, 5)
                    }
                    try await writer.write(nil as String?, nil as Int32?, "ab", json)
                }
                #expect(good == 2)
                let outside = try await #require(throws: PostgresError.self) {
                    try await connection.copyRows(into: "t", columns: columns) { writer in
                        try await writer.write("calm", Int32(7), "abc", json)
                    }
                }
                #expect(outside.sqlState == .checkViolation)
                let unknown = try await #require(throws: PostgresError.self) {
                    try await connection.copyRows(into: "t", columns: ["m", "nowhere"]) { _ in }
                }
                #expect(unknown.code == .encoding && unknown.description.contains("nowhere"))
                let absent = try await #require(throws: PostgresError.self) {
                    try await connection.copyTexts(into: "absent", columns: ["a"]) { _ in }
                }
                #expect(absent.sqlState == .undefinedTable)
                #expect(try await connection.queryOne("SELECT count(*) FROM t")?.decode(Int.self) == 2)
            }
        }
    }

    @Test("leaving a typed COPY early, either way, leaves the connection usable")
    func abandoned() async throws {
        try await withTestDatabase(migrated: false, connections: 1) { pool in
            try await pool.execute("CREATE TABLE t (a int8)")
            try await pool.withConnection { connection in
                await #expect(throws: GivenUp.self) {
                    try await connection.copyRows(into: "t", columns: ["a"]) { writer in
                        for number in 0..<100_000 {
                            try await writer.write(number)
                        }
                        throw GivenUp()
                    }
                }
                for try await row in try await connection.copyRows(of: "SELECT generate_series(1, 3000000)") {
                    #expect(try row.decode(Int.self) == 1)
                    break
                }
                for try await texts in try await connection.copyTexts(of: "SELECT generate_series(1, 3000000)") {
                    #expect(texts == ["1"])
                    break
                }
                #expect(try await connection.queryOne("SELECT count(*) FROM t")?.decode(Int.self) == 0)
                let late = try await #require(throws: PostgresError.self) {
                    for try await _ in try await connection.copyRows(
                        of: "SELECT 1 / (3 - i) FROM generate_series(1, 3) i"
                    ) {}
                }
                #expect(late.sqlState == .divisionByZero)
                let bound = try await #require(throws: PostgresError.self) {
                    _ = try await connection.copyRows(of: "SELECT \(1)")
                }
                #expect(bound.code == .encoding)
                #expect(try await connection.queryOne("SELECT 2")?.decode(Int.self) == 2)
            }
        }
    }
}
