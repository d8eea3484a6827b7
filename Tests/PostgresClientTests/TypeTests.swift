import TestSupport
import Testing

@testable import PostgresClient

@Suite("Types and their OIDs")
struct TypeTests {
    @Test("every built-in OID is the server's, and so is its array's")
    func identifiers() async throws {
        let types: [(PostgresType, String)] = [
            (.boolean, "bool"), (.bytea, "bytea"), (.int8, "int8"), (.int2, "int2"), (.int4, "int4"), (.text, "text"),
            (.json, "json"), (.float4, "float4"), (.float8, "float8"), (.date, "date"), (.timestamp, "timestamp"),
            (.timestamptz, "timestamptz"), (.interval, "interval"), (.numeric, "numeric"), (.uuid, "uuid"),
            (.lsn, "pg_lsn"), (.jsonb, "jsonb"), (.int4Range, "int4range"), (.int8Range, "int8range"),
            (.numericRange, "numrange"), (.timestampRange, "tsrange"), (.timestamptzRange, "tstzrange"),
            (.dateRange, "daterange"), (.int4Multirange, "int4multirange"), (.int8Multirange, "int8multirange"),
            (.numericMultirange, "nummultirange"), (.timestampMultirange, "tsmultirange"),
            (.timestamptzMultirange, "tstzmultirange"), (.dateMultirange, "datemultirange"),
        ]
        try await withTestDatabase(migrated: false) { pool in
            for (type, name) in types {
                let row = try #require(
                    try await pool.queryOne(
                        "SELECT oid, typarray FROM pg_type WHERE typname = \(name) AND typnamespace = 11::oid"
                    )
                )
                let (oid, array) = try row.decode((Int64, Int64).self)
                #expect(type.oid == UInt32(oid) && type.arrayOID == UInt32(array), "\(name)")
            }
            let texts = try await pool.query(
                """
                SELECT oid FROM pg_type WHERE typname IN ('text', 'name', 'char', 'json', 'xml', 'bpchar', 'varchar')
                AND typnamespace = 11::oid
                """
            )
            for row in texts {
                #expect(TypeOID.isText(UInt32(try row.decode(Int64.self))))
            }
            #expect(texts.count == 7)
        }
    }

    @Test("one Swift enum goes into an enum's column whatever its OID, and comes back, in arrays too")
    func enums() async throws {
        enum Mood: String, PostgresEncodable, PostgresDecodable, CaseIterable { case calm, glad }
        try await withTestDatabase(migrated: false) { pool in
            try await pool.execute("CREATE TYPE mood AS ENUM ('calm', 'glad', 'unknown here')")
            try await pool.execute("CREATE TABLE t (m mood, ms mood[])")
            let moods: [Mood?] = [.glad, nil]
            try await pool.execute("INSERT INTO t VALUES (\(Mood.calm), \(moods)::mood[])")
            let row = try #require(try await pool.queryOne("SELECT m, ms FROM t WHERE m = \(Mood.calm)"))
            let (mood, received) = try row.decode((Mood, [Mood?]).self)
            #expect(mood == .calm && received == moods)
            let odd = try #require(try await pool.queryOne("SELECT 'unknown here'::mood"))
            let error = try #require(throws: PostgresError.self) { try odd.decode(Mood.self) }
            #expect(error.code == .decoding && !error.debugDescription.contains("not a value of unknown here"))
        }
    }

    @Test("a value of a type made by the database is no text when its bytes are none")
    func disguised() async throws {
        try await withTestDatabase(migrated: false) { pool in
            try await pool.execute("CREATE TYPE pair AS (a int, b text)")
            try await pool.execute("CREATE TYPE span AS RANGE (subtype = int4)")
            let row = try #require(
                try await pool.queryOne("SELECT ROW(1, 'x')::pair, ARRAY[ROW(1, 'x')::pair], span(1, 2)")
            )
            for column in 0..<3 {
                #expect(throws: PostgresError.self) { try String(from: row.cell(at: column)) }
            }
        }
    }
}
