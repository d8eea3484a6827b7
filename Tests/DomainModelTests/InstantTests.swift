import DomainModel
import TestSeeds
import Testing

@Suite("instants")
struct InstantTests {
    // The first four are the examples of RFC 3339 §5.8; leap seconds are not kept.
    @Test(
        "timestamps of RFC 3339 are read",
        arguments: [
            ("1985-04-12T23:20:50.52Z", "1985-04-12T23:20:50.520000Z"),
            ("1996-12-19T16:39:57-08:00", "1996-12-20T00:39:57.000000Z"),
            ("1937-01-01T12:00:27.87+00:20", "1937-01-01T11:40:27.870000Z"),
            ("2026-07-01T08:30:00+08:00", "2026-07-01T00:30:00.000000Z"),
            ("2026-07-01t08:30:00z", "2026-07-01T08:30:00.000000Z"),
            ("1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"),
            ("2026-06-30", "2026-06-30T23:59:59.999999Z"),
        ]
    )
    func reads(_ text: String, _ expected: String) {
        #expect(Instant(text)?.description == expected)
    }

    @Test(
        "anything else is refused",
        arguments: [
            "", "2026", "2026-07", "2026-07-01T08:30", "2026-07-01T08:30:00", "2026-07-01 08:30:00Z",
            "2026-02-30T00:00:00Z", "2026-07-01T24:00:00Z", "2026-07-01T08:60:00Z", "1990-12-31T23:59:60Z",
            "2026-07-01T08:30:00.Z", "2026-07-01T08:30:00.1234567Z", "2026-07-01T08:30:00+8:00",
            "2026-07-01T08:30:00+0800", "2026-07-01T08:30:00ZZ", "2026-07-01T08:30:00+24:00", "20260701T083000Z",
        ]
    )
    func refuses(_ text: String) {
        #expect(Instant(text) == nil)
    }

    @Test("epoch is zero and order is order in time")
    func epoch() throws {
        #expect(Instant("1970-01-01T00:00:00Z")?.microsecondsSince1970 == 0)
        let earlier = try #require(Instant("2026-07-01T00:00:00+08:00"))
        let later = try #require(Instant("2026-06-30T16:00:00.000001Z"))
        #expect(earlier < later)
    }

    @Test("random instants survive a round trip")
    func roundTrip() {
        var random = SeededGenerator.announced("instant round trip")
        for _ in 0..<20_000 {
            // Years 1 to 9999.
            let instant = Instant(
                microsecondsSince1970: .random(in: -62_135_596_800_000_000...253_402_300_799_999_999, using: &random)
            )
            #expect(Instant(instant.description) == instant)
        }
    }
}
