import DomainModel
import Testing

@Suite("days of the calendar")
struct CivilDateTests {
    // Weekdays and day counts: 1970-01-01 was a Thursday; 2000-03-01 is day 11017 (RFC 3339 Appendix B and the
    // Julian day numbers 2440587.5 and 2451604.5 of the Explanatory Supplement to the Astronomical Almanac).
    @Test(
        "known days have known numbers and weekdays",
        arguments: [
            (1970, 1, 1, 0, 4), (1969, 12, 31, -1, 3), (2000, 2, 29, 11_016, 2), (2000, 3, 1, 11_017, 3),
            (1900, 1, 1, -25_567, 1), (2100, 3, 1, 47_541, 1), (1, 1, 1, -719_162, 1), (1582, 10, 15, -141_427, 5),
            (2024, 2, 29, 19_782, 4), (9999, 12, 31, 2_932_896, 5),
        ]
    )
    func knownDays(_ year: Int, _ month: Int, _ day: Int, _ number: Int, _ weekday: Int) throws {
        let date = try #require(CivilDate(year: year, month: month, day: day))
        #expect(date.daysSince1970 == number)
        #expect(date.weekday == weekday)
        #expect(date.components == (year, month, day))
    }

    @Test(
        "days that the calendar does not have are refused",
        arguments: [
            (2023, 2, 29), (1900, 2, 29), (2100, 2, 29), (2020, 4, 31), (2020, 0, 1), (2020, 13, 1), (2020, 1, 0),
        ]
    )
    func refused(_ year: Int, _ month: Int, _ day: Int) {
        #expect(CivilDate(year: year, month: month, day: day) == nil)
    }

    @Test("each day from 1899 to 2101 follows the one before")
    func consecutive() throws {
        var number = try #require(CivilDate(year: 1899, month: 1, day: 1)).daysSince1970
        for year in 1899...2101 {
            for month in 1...12 {
                for day in 1...CivilDate.daysInMonth(month, of: year) {
                    let date = CivilDate(daysSince1970: number)
                    #expect(CivilDate(year: year, month: month, day: day) == date)
                    #expect(date.components == (year, month, day))
                    number += 1
                }
            }
        }
    }
}
