import FoundationEssentials
import PostgresClient
import TestSeeds
import TestSupport
import Testing

@Suite("Arrays, composites and intervals")
struct NestedValueTests {
    private static func roundTrip<T: PostgresEncodable & PostgresDecodable & Equatable>(
        _ values: [T?],
        _ pool: PostgresPool
    ) async throws {
        let row = try #require(try await pool.queryOne("SELECT \(values), \(values)::text, array_ndims(\(values))"))
        let (received, text, dimensions) = try row.decode(([T?], String, Int?).self)
        #expect(received == values, "\(T.self): \(text)")
        #expect(dimensions == (values.isEmpty ? nil : 1))
        #expect(text.filter { $0 == "{" }.count >= 1)
    }

    @Test("arrays of every scalar, with NULLs, come back as they went")
    func arrays() async throws {
        let day = PostgresDate(daysSince2000: 9000)
        let instant = PostgresTimestamp(microsecondsSince1970: 1_767_323_045_000_006)
        try await withTestDatabase(migrated: false) { pool in
            try await Self.roundTrip([true, nil, false], pool)
            try await Self.roundTrip([Int16.min, nil, .max], pool)
            try await Self.roundTrip([Int32.min, nil, .max], pool)
            try await Self.roundTrip([Int64.min, nil, .max], pool)
            try await Self.roundTrip([Int.min, nil, .max], pool)
            try await Self.roundTrip([Float(1.5), nil, -.infinity], pool)
            try await Self.roundTrip([0.1, nil, .infinity], pool)
            try await Self.roundTrip([PostgresNumeric("0.10"), nil, .nan], pool)
            try await Self.roundTrip(["a\"b\\c,{}", nil, "NULL", "", "中文"], pool)
            try await Self.roundTrip([UUID(), nil], pool)
            try await Self.roundTrip([[0, 255] as [UInt8], nil, []], pool)
            try await Self.roundTrip([day, nil, .infinity, .negativeInfinity], pool)
            try await Self.roundTrip([instant, nil, .infinity, .negativeInfinity], pool)
            try await Self.roundTrip([PostgresInterval(months: -1, days: 2, microseconds: 3), nil], pool)
            try await Self.roundTrip([PostgresJSONB(Array(#"{"a": null}"#.utf8)), nil], pool)
            try await Self.roundTrip([PostgresLSN("16/B374D848"), nil], pool)
            try await Self.roundTrip([PostgresRange(from: day, upTo: nil), nil, .empty], pool)
            try await Self.roundTrip([[PostgresRange(from: 1, upTo: 2)] as PostgresMultirange, nil], pool)
            try await Self.roundTrip([] as [Int?], pool)
        }
    }

    @Test("arrays of other dimensions and of other elements are refused; lower bounds do not matter")
    func otherArrays() async throws {
        try await withTestDatabase(migrated: false) { pool in
            let row = try #require(
                try await pool.queryOne(
                    "SELECT ARRAY[[1, 2], [3, 4]], '[5:6]={1,2}'::int4[], ARRAY[1, 2], '1 2'::int2vector"
                )
            )
            #expect(throws: PostgresError.self) { try [Int](from: row.cell(at: 0)) }
            #expect(try [Int](from: row.cell(at: 1)) == [1, 2])
            #expect(throws: PostgresError.self) { try [String](from: row.cell(at: 2)) }
            #expect(throws: PostgresError.self) { try [Double](from: row.cell(at: 2)) }
            #expect(try [Int](from: row.cell(at: 3)) == [1, 2])
        }
    }

    @Test("composite values are read by packs, nested and in arrays")
    func composites() async throws {
        typealias Address = PostgresRecord<String, String?>
        try await withTestDatabase(migrated: false) { pool in
            try await pool.execute("CREATE TYPE address AS (city text, street text)")
            try await pool.execute("CREATE TYPE person AS (id int8, home address)")
            let city = "杭州, \"余杭\""
            let row = try #require(
                try await pool.queryOne(
                    """
                    SELECT ROW(\(city), \(String?.none))::address AS home, ROW(7, ROW('a', 'b')::address)::person,
                        ARRAY[ROW('x', NULL)::address, NULL], ROW(1, 2.50, NULL::int)
                    """
                )
            )
            let (home, person, list, anonymous) = try row.decode(
                (
                    Address, PostgresRecord<Int, Address>, [Address?], PostgresRecord<Int32, PostgresNumeric, Int32?>
                ).self
            )
            #expect(home.fields == (city, nil))
            #expect(person.fields.0 == 7)
            #expect(person.fields.1.fields == ("a", "b"))
            #expect(list.count == 2 && list[1] == nil)
            #expect(list[0]?.fields.0 == "x")
            #expect(anonymous.fields.1.description == "2.50")
            let wrong = try #require(throws: PostgresError.self) {
                try row.decode(column: "home", as: PostgresRecord<String, Int>.self)
            }
            #expect(wrong.column == "home" && wrong.code == .decoding)
            let count = try #require(throws: PostgresError.self) {
                try row.decode(column: "home", as: PostgresRecord<String>.self)
            }
            #expect(count.description.contains("1 fields asked for"))
        }
    }

    @Test("intervals are the server's in bytes and in text")
    func intervals() async throws {
        var generator = SeededGenerator.announced()
        var intervals = [
            PostgresInterval(), PostgresInterval(months: 14, days: -3, microseconds: 1),
            PostgresInterval(microseconds: -1), PostgresInterval(microseconds: -3_600_000_000),
            PostgresInterval(months: -1, microseconds: 59_999_999), PostgresInterval(microseconds: .max),
        ]
        for _ in 0..<300 {
            intervals.append(
                PostgresInterval(
                    months: Int32.random(in: -2000...2000, using: &generator),
                    days: Int32.random(in: -100_000...100_000, using: &generator),
                    microseconds: Int64.random(in: -1 << 50...1 << 50, using: &generator)
                )
            )
        }
        try await withTestDatabase(migrated: false) { [intervals] pool in
            try await pool.withConnection { connection in
                try await connection.execute("SET intervalstyle = iso_8601")
                let rows = try await connection.query(
                    """
                    SELECT i, i::text, i::text::interval FROM unnest(\(intervals)) WITH ORDINALITY AS t (i, n) ORDER BY n
                    """
                )
                for (row, interval) in zip(rows, intervals) {
                    let (received, text, read) = try row.decode((PostgresInterval, String, PostgresInterval).self)
                    #expect(received == interval && read == interval)
                    #expect(interval.description == text)
                }
                #expect(rows.count == intervals.count)
            }
        }
    }

    @Test("log positions read and print what the server does, and nothing else")
    func positions() async throws {
        for text in ["", "/", "1/", "/1", "1/2/3", "+1/2", "-1/2", "1 /2", "123456789/0", "G/0", "0x1/0"] {
            #expect(PostgresLSN(text) == nil, "\(text)")
        }
        let texts = ["0/0", "16/B374D848", "FFFFFFFF/FFFFFFFF", "0/A"]
        let positions = try texts.map { try #require(PostgresLSN($0)) }
        #expect(positions.map(\.description) == texts)
        try await withTestDatabase(migrated: false) { pool in
            let row = try #require(try await pool.queryOne("SELECT \(positions)::text[], \(texts)::pg_lsn[]"))
            let (sent, received) = try row.decode(([String], [PostgresLSN]).self)
            #expect(sent == texts && received == positions)
        }
    }
}
