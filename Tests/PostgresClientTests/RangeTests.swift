import PostgresClient
import TestSeeds
import TestSupport
import Testing

@Suite("Ranges in binary against the server's own text")
struct RangeTests {
    private typealias Days = PostgresRange<PostgresDate>

    /// Ranges with every kind of end, some empty, whose lower bound is at most the upper one.
    private static func ranges<Bound: PostgresRangeBound & Comparable>(
        _ generator: inout SeededGenerator,
        _ bound: (inout SeededGenerator) -> Bound
    ) -> [PostgresRange<Bound>] {
        (0..<200).map { _ in
            var ends = [bound(&generator), bound(&generator)]
            ends.sort()
            func edge(_ bound: Bound) -> PostgresRange<Bound>.Edge {
                switch Int.random(in: 0..<5, using: &generator) {
                case 0: .unbounded
                case 1, 2: .including(bound)
                default: .excluding(bound)
                }
            }
            let isEmpty = Int.random(in: 0..<10, using: &generator) == 0
            return isEmpty ? .empty : .bounds(lower: edge(ends[0]), upper: edge(ends[1]))
        }
    }

    private static func parts<Bound>(_ edge: PostgresRange<Bound>.Edge) -> (Bound?, isIncluded: Bool) {
        switch edge {
        case .unbounded: (nil, false)
        case .including(let bound): (bound, true)
        case .excluding(let bound): (bound, false)
        }
    }

    /// Sends ranges with their ends apart, and has the server compare: what it makes of the ends and of the range.
    private static func check<Bound: PostgresRangeBound & Comparable>(
        _ ranges: [PostgresRange<Bound>],
        _ name: String
    ) async throws {
        var lowers: [Bound?] = []
        var uppers: [Bound?] = []
        var brackets: [String?] = []
        for range in ranges {
            guard case .bounds(let lower, let upper) = range else {
                lowers.append(nil)
                uppers.append(nil)
                brackets.append(nil)
                continue
            }
            let (start, isOpen) = Self.parts(lower)
            let (end, isClosed) = Self.parts(upper)
            lowers.append(start)
            uppers.append(end)
            brackets.append((isOpen ? "[" : "(") + (isClosed ? "]" : ")"))
        }
        try await withTestDatabase(migrated: false) { [lowers, uppers, brackets] pool in
            let rows = try await pool.query(
                """
                SELECT sent, sent::text,
                    CASE WHEN bracket IS NULL THEN 'empty' ELSE \(unescaped: name)(lower, upper, bracket)::text END,
                    CASE WHEN NOT isempty(sent) THEN lower(sent) END, upper(sent), lower_inc(sent), upper_inc(sent)
                FROM unnest(\(ranges), \(lowers), \(uppers), \(brackets)) WITH ORDINALITY
                    AS t (sent, lower, upper, bracket, n) ORDER BY n
                """
            )
            #expect(rows.count == ranges.count)
            for row in rows {
                let (received, sent, expected, lower, upper, includesLower, includesUpper) = try row.decode(
                    (PostgresRange<Bound>, String, String, Bound?, Bound?, Bool, Bool).self
                )
                #expect(sent == expected)
                guard sent != "empty" else {
                    #expect(received == .empty)
                    continue
                }
                let from: PostgresRange<Bound>.Edge =
                    lower.map { includesLower ? .including($0) : .excluding($0) } ?? .unbounded
                let to: PostgresRange<Bound>.Edge =
                    upper.map { includesUpper ? .including($0) : .excluding($0) } ?? .unbounded
                #expect(received == .bounds(lower: from, upper: to))
            }
        }
    }

    @Test("days, instants and integers")
    func builtIn() async throws {
        var generator = SeededGenerator.announced()
        let days = Self.ranges(&generator) {
            PostgresDate(daysSince2000: Int32.random(in: -700_000...1_000_000, using: &$0))
        }
        let instants = Self.ranges(&generator) {
            PostgresTimestamp(microsecondsSince1970: Int64.random(in: -10_000_000_000_000_000...1 << 60, using: &$0))
        }
        let small = Self.ranges(&generator) { Int32.random(in: -1000...1000, using: &$0) }
        let large = Self.ranges(&generator) { Int.random(in: Int.min / 2...Int.max / 2, using: &$0) }
        try await Self.check(days, "daterange")
        try await Self.check(instants, "tstzrange")
        try await Self.check(small, "int4range")
        try await Self.check(large, "int8range")
    }

    @Test("numerics keep their digits in ranges and multiranges")
    func numerics() async throws {
        let low = try #require(PostgresNumeric("-0.10"))
        let high = try #require(PostgresNumeric("99999999999999999999999999999999999999999.5"))
        let range = PostgresRange(from: low, through: high)
        let several: PostgresMultirange = [PostgresRange(from: nil, upTo: low), PostgresRange(from: high, upTo: nil)]
        try await withTestDatabase(migrated: false) { pool in
            let row = try #require(
                try await pool.queryOne("SELECT \(range), \(range)::text, \(several), \(several)::text")
            )
            let (a, b, c, d) = try row.decode(
                (PostgresRange<PostgresNumeric>, String, PostgresMultirange<PostgresNumeric>, String).self
            )
            #expect(a == range)
            #expect(b == "[-0.10,\(high)]")
            #expect(c == several)
            #expect(d == "{(,-0.10),[\(high),)}")
        }
    }

    @Test("multiranges come sorted and joined, infinities of days are bounds of their own")
    func multiranges() async throws {
        func day(_ days: Int32) -> PostgresDate { PostgresDate(daysSince2000: days) }
        let given: PostgresMultirange<PostgresDate> = [
            PostgresRange(from: day(10), upTo: day(20)), PostgresRange(from: day(0), through: day(4)), .empty,
            PostgresRange(from: day(15), upTo: .infinity),
        ]
        let none: PostgresMultirange<PostgresDate> = []
        try await withTestDatabase(migrated: false) { pool in
            let row = try #require(
                try await pool.queryOne("SELECT \(given), \(given)::text, \(none), \(none)::text, tsrange(NULL, NULL)")
            )
            let (a, b, c, d, e) = try row.decode(
                (
                    PostgresMultirange<PostgresDate>, String, PostgresMultirange<PostgresDate>, String,
                    PostgresRange<PostgresTimestamp>
                ).self
            )
            #expect(a == [PostgresRange(from: day(0), upTo: day(5)), PostgresRange(from: day(10), upTo: .infinity)])
            #expect(b == "{[2000-01-01,2000-01-06),[2000-01-11,infinity)}")
            #expect(c == none && d == "{}" && e == PostgresRange(from: nil, upTo: nil))
        }
    }

    @Test("contains agrees with the server, and a range of another type is refused")
    func containing() async throws {
        var generator = SeededGenerator.announced()
        let ranges = Self.ranges(&generator) { Int32.random(in: -5...5, using: &$0) }
        try await withTestDatabase(migrated: false) { pool in
            let rows = try await pool.query(
                """
                SELECT r, i, r @> i FROM unnest(\(ranges)) AS a (r), generate_series(-6, 6) AS b (i)
                """
            )
            for row in rows {
                let (range, number, isInside) = try row.decode((PostgresRange<Int32>, Int32, Bool).self)
                #expect(range.contains(number) == isInside)
            }
            let other = try #require(try await pool.queryOne("SELECT daterange(NULL, NULL), int8range(1, 2), 1"))
            #expect(throws: Never.self) { try Days(from: other.cell(at: 0)) }
            #expect(throws: PostgresError.self) { try Days(from: other.cell(at: 1)) }
            #expect(throws: PostgresError.self) { try Days(from: other.cell(at: 2)) }
        }
    }
}
