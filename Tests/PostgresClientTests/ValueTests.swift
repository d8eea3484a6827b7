import FoundationEssentials
import PostgresClient
import TestSeeds
import TestSupport
import Testing

@Suite("Values in binary against the server's own text")
struct ValueTests {
    @Test("numerics of up to 60 digits keep value and scale both ways")
    func numerics() async throws {
        var generator = SeededGenerator.announced()
        var texts = [
            "0", "0.0", "0.0000000", "55.0", "-0.5", "10000", "0.0001", "0.00010", "99999999.9999", "1e5",
            "170141183460469231731687303715884105727", "-170141183460469231731687303715884105728",
            "170141183460469231731687303715884105728", "NaN", "Infinity", "-Infinity",
        ]
        for _ in 0..<500 {
            let count = Int.random(in: 1...60, using: &generator)
            var digits = (0..<count).map { _ in String(Int.random(in: 0...9, using: &generator)) }.joined()
            if Bool.random(using: &generator) {
                digits = String(repeating: "0", count: Int.random(in: 0...9, using: &generator)) + digits
            }
            let point = Int.random(in: 0...digits.count, using: &generator)
            let sign = Bool.random(using: &generator) ? "-" : ""
            let fraction = digits.dropFirst(point)
            texts.append(sign + (point == 0 ? "0" : digits.prefix(point)) + (fraction.isEmpty ? "" : "." + fraction))
        }
        let values = try texts.map { try #require(PostgresNumeric($0)) }
        try await withTestDatabase(migrated: false) { pool in
            let rows = try await pool.query(
                """
                SELECT sent::text, given::numeric, given::numeric::text
                FROM unnest(\(values)) WITH ORDINALITY AS a (sent, n) JOIN unnest(\(texts)) WITH ORDINALITY AS b (given, n)
                USING (n) ORDER BY n
                """
            )
            #expect(rows.count == texts.count)
            for (row, (text, value)) in zip(rows, zip(texts, values)) {
                let (sent, received, canonical) = try row.decode((String, PostgresNumeric, String).self)
                #expect(sent == canonical, "\(text) was sent as another number")
                #expect(received == value, "\(text) was received as another number")
                #expect(received.description == canonical)
            }
        }
    }

    @Test("a numeric's mantissa and scale are the server's digits")
    func mantissas() async throws {
        try await withTestDatabase(migrated: false) { pool in
            let row = try #require(
                try await pool.queryOne("SELECT 55.0::numeric, -3051.61::numeric, 10000::numeric, 1e40::numeric")
            )
            let (a, b, c, d) = try row.decode((PostgresNumeric, PostgresNumeric, PostgresNumeric, PostgresNumeric).self)
            #expect(a.decimal?.mantissa == 550 && a.decimal?.scale == 1)
            #expect(b.decimal?.mantissa == -305_161 && b.decimal?.scale == 2)
            #expect(c.decimal?.mantissa == 10_000 && c.decimal?.scale == 0)
            #expect(d.decimal == nil)
            #expect(d.description == "1" + String(repeating: "0", count: 40))
        }
    }

    @Test("dates and instants agree with the server's arithmetic, infinities too")
    func datesAndInstants() async throws {
        var generator = SeededGenerator.announced()
        let days = try (0..<300).map { _ in
            try #require(PostgresDate(daysSince1970: Int.random(in: -2_400_000...100_000_000, using: &generator)))
        }
        let instants = (0..<300).map { _ in
            PostgresTimestamp(
                microsecondsSince1970: Int64.random(
                    in: -200_000_000_000_000_000...9_000_000_000_000_000_000,
                    using: &generator
                )
            )
        }
        try await withTestDatabase(migrated: false) { pool in
            let dateRows = try await pool.query(
                "SELECT day, day - '1970-01-01'::date FROM unnest(\(days)) WITH ORDINALITY AS t (day, n) ORDER BY n"
            )
            for (row, day) in zip(dateRows, days) {
                let (received, count) = try row.decode((PostgresDate, Int).self)
                #expect(received == day)
                #expect(count == day.daysSince1970)
            }
            let instantRows = try await pool.query(
                """
                SELECT at, (extract(epoch FROM at) * 1000000)::int8
                FROM unnest(\(instants)) WITH ORDINALITY AS t (at, n) ORDER BY n
                """
            )
            for (row, instant) in zip(instantRows, instants) {
                let (received, microseconds) = try row.decode((PostgresTimestamp, Int64).self)
                #expect(received == instant)
                #expect(microseconds == instant.microsecondsSince1970)
            }
            let row = try #require(
                try await pool.queryOne(
                    """
                    SELECT \(PostgresTimestamp.infinity)::text, '-infinity'::timestamptz,
                        \(PostgresDate.negativeInfinity)::text, 'infinity'::date, '2026-01-02 03:04:05.000006'::timestamp
                    """
                )
            )
            let (a, b, c, d, e) = try row.decode(
                (String, PostgresTimestamp, String, PostgresDate, PostgresTimestamp).self
            )
            #expect(a == "infinity")
            #expect(b == .negativeInfinity)
            #expect(c == "-infinity")
            #expect(d == .infinity)
            #expect(e.microsecondsSince1970 == 1_767_323_045_000_006)
        }
    }

    @Test("an instant later than 64 bits from 1970 can hold is an error, not another instant")
    func tooLate() async throws {
        try await withTestDatabase(migrated: false) { pool in
            let row = try #require(try await pool.queryOne("SELECT '294276-12-31'::timestamptz"))
            #expect(throws: PostgresError.self) { try row.decode(PostgresTimestamp.self) }
        }
    }

    @Test("scalars, bytes, UUIDs, JSON and arrays come back as they went")
    func scalars() async throws {
        let identifier = UUID()
        let bytes: [UInt8] = [0, 1, 255, 10]
        let json = PostgresJSONB(Array(#"{"a": [1, 2]}"#.utf8))
        let texts: [String?] = ["", "中文", nil, "a\"b\\c,{}"]
        let blobs: [[UInt8]] = [[1, 2], []]
        let empty: [Int] = []
        try await withTestDatabase(migrated: false) { pool in
            let row = try #require(
                try await pool.queryOne(
                    """
                    SELECT \(true), \(Int16.min), \(Int32.max), \(Int64.min), \(Float(1.5)), \(0.1), \(identifier),
                        \(bytes), \(json), \(texts), \(blobs), \(empty), \(identifier)::text
                    """
                )
            )
            let (a, b, c, d, e, f, g, h, i, j, k, l, m) = try row.decode(
                (
                    Bool, Int16, Int32, Int64, Float, Double, UUID, [UInt8], PostgresJSONB, [String?], [[UInt8]], [Int],
                    String
                ).self
            )
            #expect(a && b == .min && c == .max && d == .min && e == 1.5 && f == 0.1)
            #expect(g == identifier && h == bytes && i == json && j == texts && k == blobs && l == empty)
            #expect(m.lowercased() == identifier.uuidString.lowercased())
        }
    }

    @Test("one Swift text serves uuid, enum, jsonb, name and varchar columns")
    func inferredTexts() async throws {
        try await withTestDatabase(migrated: false) { pool in
            try await pool.execute("CREATE TYPE mood AS ENUM ('calm', 'glad')")
            try await pool.execute("CREATE TABLE t (u uuid, m mood, j jsonb, n name, v varchar(9), c char(3))")
            let identifier = "7f2d2fd6-6f5a-4c8e-9a35-5a0d6d8e1f10"
            try await pool.execute(
                "INSERT INTO t VALUES (\(identifier), \("glad"), \(#"{"a":1}"#), \("n"), \("v"), \("abc"))"
            )
            let row = try #require(
                try await pool.queryOne(
                    "SELECT m, j, n, v, c, u::text FROM t WHERE u = \(identifier) AND m = \("glad")"
                )
            )
            let (m, j, n, v, c, u) = try row.decode((Mood, String, String, String, String, String).self)
            #expect(m == .glad && j == #"{"a": 1}"# && n == "n" && v == "v" && c == "abc" && u == identifier)
        }
    }

    private enum Mood: String, PostgresEncodable, PostgresDecodable {
        case calm, glad
    }

    @Test("a decoding error names column and statement, and holds no data")
    func decodingErrors() async throws {
        try await withTestDatabase(migrated: false) { pool in
            let row = try #require(
                try await pool.queryOne("/* test.secret */ SELECT 'secret' AS word, NULL::int AS nothing")
            )
            let wrong = try #require(throws: PostgresError.self) { try row.decode((Int, Int?).self) }
            #expect(wrong.code == .decoding)
            #expect(wrong.column == "word")
            #expect(wrong.marker == "test.secret")
            #expect(!wrong.description.contains("'secret'"))
            #expect(wrong.description.contains("column 1 of a row decoded as (Int, Optional<Int>)"))
            #expect(wrong.description.contains("type text"))
            #expect(wrong.debugDescription.contains("SQL: /* test.secret */"))
            let null = try #require(throws: PostgresError.self) { try row.decode(column: "nothing", as: Int.self) }
            #expect(null.column == "nothing")
            #expect(throws: PostgresError.self) { try row.decode(String.self) }
            #expect(throws: PostgresError.self) { try row.decode(column: "absent", as: String.self) }
            let big = try #require(try await pool.queryOne("SELECT 70000"))
            #expect(throws: PostgresError.self) { try big.decode(Int16.self) }
        }
    }

    @Test("a text with U+0000 is refused before it would be cut")
    func noNUL() async throws {
        try await withTestDatabase(migrated: false) { pool in
            let error = try await #require(throws: PostgresError.self) {
                try await pool.query("SELECT \("a\0b")::text")
            }
            #expect(error.code == .encoding)
            #expect(error.sqlState == .characterNotInRepertoire)
        }
    }
}
