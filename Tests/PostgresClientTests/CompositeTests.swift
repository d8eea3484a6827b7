import FoundationEssentials
import PostgresClient
import TestSupport
import Testing

@Suite("Composite values as binds")
struct CompositeTests {
    private enum Mood: String, PostgresEncodable, PostgresDecodable { case calm, glad }

    private typealias Address = PostgresRecord<String, String?>
    private typealias Person = PostgresRecord<
        Int, Int32?, String, Mood, PostgresNumeric, PostgresTimestamp, UUID, PostgresJSONB, [Int], [String?], Address?
    >

    private static func prepare(_ pool: PostgresPool) async throws {
        try await pool.execute("CREATE TYPE mood AS ENUM ('calm', 'glad')")
        try await pool.execute("CREATE DOMAIN name_text AS varchar(20) CHECK (VALUE <> '')")
        try await pool.execute("CREATE TYPE address AS (city text, street varchar)")
        try await pool.execute(
            """
            CREATE TYPE person AS (
                id int8, age int4, name name_text, mood mood, score numeric, at timestamptz, key uuid, data jsonb,
                numbers int8[], notes text[], home address
            )
            """
        )
        try await pool.execute("CREATE TABLE t (id int8, p person, homes address[])")
    }

    @Test("a value of every kind of field is stored as the server itself builds it, and read back")
    func stored() async throws {
        try await withTestDatabase(migrated: false) { pool in
            try await Self.prepare(pool)
            let key = UUID()
            let score = try #require(PostgresNumeric("2.50"))
            let at = PostgresTimestamp(microsecondsSince1970: 1_767_323_045_000_006)
            let data = PostgresJSONB(Array(#"{"a": null}"#.utf8))
            let home = Address("杭州, \"余杭\"", nil)
            let person = Person(7, nil, "李", .glad, score, at, key, data, [1, -2], ["a\"b", nil], home)
            try await pool.execute("INSERT INTO t VALUES (1, \(person), \([home, nil, Address("", "x")]))")
            try await pool.execute(
                """
                INSERT INTO t VALUES (2,
                    ROW(\(7), NULL, \("李"), \(Mood.glad), \(score), \(at), \(key), \(data), \([1, -2]),
                        \(["a\"b", nil] as [String?]), ROW(\("杭州, \"余杭\""), NULL)::address)::person,
                    ARRAY[ROW(\("杭州, \"余杭\""), NULL)::address, NULL, ROW('', 'x')::address])
                """
            )
            let pairs = try await pool.query("SELECT p::text, homes::text FROM t ORDER BY id").map { row in
                try row.decode((String, String).self)
            }
            #expect(pairs.count == 2)
            #expect(pairs[0] == pairs[1])
            let row = try #require(
                try await pool.queryOne("SELECT p, homes FROM t WHERE p = \(person)::person AND id = 1")
            )
            let (received, homes) = try row.decode((Person, [Address?]).self)
            #expect(received.fields.0 == 7 && received.fields.1 == nil && received.fields.2 == "李")
            #expect(received.fields.3 == .glad && received.fields.4 == score && received.fields.6 == key)
            let homeReceived = try #require(received.fields.10).fields
            #expect(homeReceived == home.fields)
            #expect(homes.map { $0?.fields.0 } == [home.fields.0, nil, ""])
        }
    }

    @Test("absent values, empty arrays and casts, by a pool, a shared connection and a stream")
    func places() async throws {
        try await withTestDatabase(migrated: false) { pool in
            try await Self.prepare(pool)
            let absent: Address? = nil
            let query: PostgresQuery = """
                SELECT (\(Address("a", "b"))::address).street, \(absent)::address IS NULL, cardinality(\([Address]())::address[])
                """
            // The third time it is prepared.
            var rows = [try await pool.reader.queryOne(query)]
            for _ in 0..<3 {
                rows.append(try await pool.queryOne(query))
            }
            rows += try await pool.withConnection { connection in
                try await connection.stream(query).reduce(into: []) { $0.append($1) }
            }
            #expect(rows.count == 5)
            for row in rows {
                let (street, isAbsent, count) = try #require(row).decode((String, Bool, Int32).self)
                #expect(street == "b" && isAbsent && count == 0)
            }
        }
    }

    @Test("a field of another type, too many fields and arrays of arrays are errors, and the connection goes on")
    func wrong() async throws {
        try await withTestDatabase(migrated: false, connections: 1) { pool in
            try await Self.prepare(pool)
            let type = try await #require(throws: PostgresError.self) {
                try await pool.query("SELECT \(PostgresRecord("a", 5))::address")
            }
            #expect(type.sqlState?.rawValue == "42804")
            let count = try await #require(throws: PostgresError.self) {
                try await pool.query("SELECT \(PostgresRecord("a", "b", "c"))::address")
            }
            #expect(count.sqlState?.rawValue == "42804")
            let checked = try await #require(throws: PostgresError.self) {
                let person = PostgresRecord("a\u{0}", "b")
                try await pool.query("SELECT \(person)::address")
            }
            #expect(checked.sqlState == .characterNotInRepertoire)
            let nested = try await #require(throws: PostgresError.self) {
                try await pool.query("SELECT \([[Address("a", nil)]])::address[]")
            }
            #expect(nested.code == .encoding)
            #expect(try await pool.queryOne("SELECT 1")?.decode(Int.self) == 1)
        }
    }

    @Test("COPY takes them for columns of composite types, and of arrays of those, and for no others")
    func copied() async throws {
        try await withTestDatabase(migrated: false, connections: 1) { pool in
            try await Self.prepare(pool)
            try await pool.execute("CREATE DOMAIN place AS address")
            try await pool.execute("CREATE TABLE c (home place, homes address[], note text, numbers int8[])")
            try await pool.withConnection { connection in
                let count = try await connection.copyRows(into: "c", columns: ["home", "homes"]) { writer in
                    try await writer.write(Address("a", nil), [Address("b", "c"), nil])
                    try await writer.write(nil as Address?, [] as [Address])
                    await #expect(throws: PostgresError.self) {
                        try await writer.write([Address("a", nil)], [] as [Address])
                    }
                    await #expect(throws: PostgresError.self) { try await writer.write("(a,)", [] as [Address]) }
                }
                #expect(count == 2)
                for column in ["note", "numbers"] {
                    let refused = try await #require(throws: PostgresError.self) {
                        try await connection.copyRows(into: "c", columns: [column]) { writer in
                            try await writer.write(Address("a", nil))
                        }
                    }
                    #expect(refused.code == .encoding && refused.description.contains("column \(column)"))
                }
                let texts = try await connection.query("SELECT home::text, homes::text FROM c ORDER BY home NULLS LAST")
                let stored = try texts.map { row in
                    let (home, homes) = try row.decode((String?, String).self)
                    return [home ?? "NULL", homes]
                }
                #expect(stored == [["(a,)", "{\"(b,c)\",NULL}"], ["NULL", "{}"]])
            }
        }
    }
}
