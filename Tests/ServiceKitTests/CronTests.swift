import DomainModel
import PostgresClient
import Storage
import TestSupport
import Testing

@testable import ServiceKit

@Suite("Cron expressions")
struct CronTests {
    /// Berlin in 2026 (IANA `europe`, rule EU): clocks change at 01:00 UTC on 29 March and 25 October.
    private static let berlin = ZoneOffsets(
        [
            (from: 1_767_225_600, seconds: 3_600), (from: 1_774_746_000, seconds: 7_200),
            (from: 1_792_890_000, seconds: 3_600),
        ],
        end: 1_900_000_000
    )
    /// Shanghai has not changed its clocks since 1991 (IANA `asia`).
    private static let shanghai = ZoneOffsets([(from: 1_767_225_600, seconds: 28_800)], end: 1_900_000_000)
    private static let utc = ZoneOffsets([(from: 1_767_225_600, seconds: 0)], end: 2_100_000_000)

    private func times(_ cron: String, after start: String, in zone: ZoneOffsets, count: Int) throws -> [String] {
        let expression = try CronExpression(cron)
        var instant = try #require(Instant(start))
        var found: [String] = []
        for _ in 0..<count {
            guard let next = expression.next(after: instant, in: zone) else { break }
            #expect(next > instant)
            found.append(String(next.description.prefix(16)))
            instant = next
        }
        return found
    }

    @Test(
        "fields as crontab(5) has them",
        arguments: [
            // Vixie cron's own examples, crontab(5) "EXAMPLE CRON FILE", and the rule of the two day fields.
            ("5 0 * * *", ["2026-01-02T00:05", "2026-01-03T00:05"]),
            ("15 14 1 * *", ["2026-01-01T14:15", "2026-02-01T14:15"]),
            ("0 22 * * 1-5", ["2026-01-01T22:00", "2026-01-02T22:00", "2026-01-05T22:00"]),
            ("23 0-23/2 * * *", ["2026-01-01T12:23", "2026-01-01T14:23"]),
            ("5 4 * * sun", ["2026-01-04T04:05", "2026-01-11T04:05"]),
            ("30 4 1,15 * 5", ["2026-01-02T04:30", "2026-01-09T04:30", "2026-01-15T04:30", "2026-01-16T04:30"]),
            ("0 0 1 jan,JUL *", ["2026-07-01T00:00", "2027-01-01T00:00"]),
            ("*/20 * * * *", ["2026-01-01T12:20", "2026-01-01T12:40", "2026-01-01T13:00"]),
            ("0 12 * * 7", ["2026-01-04T12:00"]), ("10/25 5 * * *", ["2026-01-02T05:10", "2026-01-02T05:35"]),
            ("0 0 29 2 *", ["2028-02-29T00:00", "2032-02-29T00:00"]),
            ("59 23 31 12 *", ["2026-12-31T23:59", "2027-12-31T23:59"]),
        ]
    )
    func fields(_ cron: String, _ expected: [String]) throws {
        let found = try times(cron, after: "2026-01-01T12:00:00Z", in: Self.utc, count: expected.count)
        #expect(found == expected, "\(cron)")
    }

    @Test(
        "what is no expression is refused with its field",
        arguments: [
            "", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * 32 * *", "* * * 13 *",
            "* * * * 8", "5-1 * * * *", "*/0 * * * *", "*/99 * * * *", "a * * * *", "1,,2 * * * *", "1- * * * *",
            "* * L * *", "* * * foo *", "-1 * * * *", "1/ * * * *", "１ * * * *", "* * * * mon#2", "@daily",
        ]
    )
    func refused(_ cron: String) {
        #expect(throws: CronExpression.Failure.self) { try CronExpression(cron) }
    }

    @Test("a day that never comes has no next time")
    func never() throws {
        #expect(try times("0 0 30 2 *", after: "2026-01-01T00:00:00Z", in: Self.utc, count: 1) == [])
    }

    @Test("a time that is left out in spring happens at the end of the gap, once")
    func gap() throws {
        // 02:30 does not exist on 29 March; clocks go from 02:00 to 03:00 at 01:00 UTC.
        #expect(
            try times("30 2 * * *", after: "2026-03-27T12:00:00Z", in: Self.berlin, count: 3)
                == ["2026-03-28T01:30", "2026-03-29T01:00", "2026-03-30T00:30"]
        )
        // Both times of the gap, and the first after it, are one.
        #expect(
            try times("0,30 2,3 * * *", after: "2026-03-29T00:00:00Z", in: Self.berlin, count: 3)
                == ["2026-03-29T01:00", "2026-03-29T01:30", "2026-03-30T00:00"]
        )
    }

    @Test("a time that comes twice in autumn counts the first time only")
    func overlap() throws {
        // 02:30 is at 00:30 UTC and again at 01:30 UTC on 25 October.
        #expect(
            try times("30 2 * * *", after: "2026-10-24T12:00:00Z", in: Self.berlin, count: 2)
                == ["2026-10-25T00:30", "2026-10-26T01:30"]
        )
        #expect(
            try times("30 2 * * *", after: "2026-10-25T00:45:00Z", in: Self.berlin, count: 1) == ["2026-10-26T01:30"]
        )
        #expect(
            try times("0 3 * * *", after: "2026-10-25T00:45:00Z", in: Self.berlin, count: 1) == ["2026-10-25T02:00"]
        )
    }

    @Test("what is done every hour goes on every hour while clocks change")
    func hourly() throws {
        #expect(
            try times("30 * * * *", after: "2026-10-24T23:45:00Z", in: Self.berlin, count: 3)
                == ["2026-10-25T00:30", "2026-10-25T01:30", "2026-10-25T02:30"]
        )
        #expect(
            try times("30 * * * *", after: "2026-03-28T23:45:00Z", in: Self.berlin, count: 3)
                == ["2026-03-29T00:30", "2026-03-29T01:30", "2026-03-29T02:30"]
        )
    }

    @Test("a wall clock in Shanghai is eight hours ahead all year")
    func noChange() throws {
        #expect(
            try times("0 8 1 * *", after: "2026-02-15T00:00:00Z", in: Self.shanghai, count: 3)
                == ["2026-03-01T00:00", "2026-04-01T00:00", "2026-05-01T00:00"]
        )
    }

    @Test("the server's time zones are those of the IANA database")
    func zones() async throws {
        try await withTestDatabase { pool in
            func offsets(_ zone: String) async throws -> ZoneOffsets {
                let start = try #require(Instant("2026-01-15T12:00:00Z"))
                let changes = try await pool.withConnection {
                    try await ScheduleStore($0).offsets(of: zone, from: start)
                }
                return ZoneOffsets(changes, end: 2_000_000_000)
            }
            let berlin = try await offsets("Europe/Berlin")
            #expect(berlin.stretches.prefix(3).map(\.offset) == [3_600, 7_200, 3_600])
            #expect(berlin.stretches[1].from == 1_774_746_000 && berlin.stretches[2].from == 1_792_890_000)
            #expect(try await offsets("Asia/Shanghai").stretches.map(\.offset) == [28_800])
            #expect(try await offsets("Asia/Kathmandu").stretches.map(\.offset) == [20_700])
            #expect(try await offsets("UTC").stretches.map(\.offset) == [0])
            // Lord Howe moves by half an hour (IANA `australasia`).
            #expect(Set(try await offsets("Australia/Lord_Howe").stretches.map(\.offset)) == [37_800, 39_600])
            let error = await #expect(throws: PostgresError.self) { try await offsets("Europe/Nowhere") }
            #expect(error?.sqlState?.rawValue == "22023")
        }
        for text in ["UTC+8", "CST6CDT", "Asia", "Asia/", "/Shanghai", "Asia/Shang'hai", "Asia/上海", ""] {
            #expect(!ScheduleStore.isZoneName(text), "\(text)")
        }
    }
}
