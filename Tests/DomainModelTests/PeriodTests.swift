import DomainModel
import Testing

@Suite("periods of time")
struct PeriodTests {
    // SDMX Technical Notes 2.1 §4.2.6 for the spellings; ISO 8601-1:2019 §5.2.3 for weeks: week 1 has the year's
    // first Thursday in it, so that 2020 has 53 weeks and 2021-W01 begins on 4 January.
    @Test(
        "spellings of SDMX are read and written",
        arguments: [
            ("2020", "2020", "2020-01-01", "2020-12-31"), ("2020-A1", "2020", "2020-01-01", "2020-12-31"),
            ("2020-S1", "2020-S1", "2020-01-01", "2020-06-30"), ("2020-S2", "2020-S2", "2020-07-01", "2020-12-31"),
            ("2020-Q1", "2020-Q1", "2020-01-01", "2020-03-31"), ("2020-Q4", "2020-Q4", "2020-10-01", "2020-12-31"),
            ("2020-02", "2020-02", "2020-02-01", "2020-02-29"), ("2020-M02", "2020-02", "2020-02-01", "2020-02-29"),
            ("2100-02", "2100-02", "2100-02-01", "2100-02-28"),
            ("2020-W07", "2020-W07", "2020-02-10", "2020-02-16"), ("2020-W53", "2020-W53", "2020-12-28", "2021-01-03"),
            ("2021-W01", "2021-W01", "2021-01-04", "2021-01-10"), ("2009-W01", "2009-W01", "2008-12-29", "2009-01-04"),
            ("2015-W53", "2015-W53", "2015-12-28", "2016-01-03"), ("1970-W01", "1970-W01", "1969-12-29", "1970-01-04"),
            ("2020-05-17", "2020-05-17", "2020-05-17", "2020-05-17"),
            ("2020-D138", "2020-05-17", "2020-05-17", "2020-05-17"),
            ("2020-D366", "2020-12-31", "2020-12-31", "2020-12-31"),
        ]
    )
    func spellings(_ text: String, _ written: String, _ start: String, _ end: String) throws {
        let period = try #require(Period(text))
        #expect(period.description == written)
        #expect(Period(.daily, containing: period.start).description == start)
        #expect(Period(.daily, containing: period.end).description == end)
    }

    @Test(
        "anything else is refused",
        arguments: [
            "", "20", "202", "20200", "0000", "2020-", "2020-A2", "2020-S0", "2020-S3", "2020-Q0", "2020-Q5",
            "2020-Q03",
            "2020-13", "2020-00", "2020-5", "2020-M13", "2020-M5", "2020-W00", "2020-W54", "2021-W53", "2020-W7",
            "2020-05-32", "2021-02-29", "2020-5-7", "2021-D366", "2020-D000", "2020-D12", "2020/05", "2020年", "2020Q1",
            "2020-q1", " 2020", "2020 ", "-2020", "二〇二〇", "2020-05-17T00:00:00",
        ]
    )
    func refuses(_ text: String) {
        #expect(Period(text) == nil)
    }

    @Test(
        "every period from 1900 to 2100 survives a round trip and follows the one before",
        arguments: Frequency.allCases
    )
    func roundTrip(_ frequency: Frequency) throws {
        let first = try #require(CivilDate(year: 1900, month: 1, day: 1))
        let last = try #require(CivilDate(year: 2100, month: 12, day: 31))
        var period = Period(frequency, containing: first)
        while period.start <= last {
            #expect(Period(period.description) == period)
            #expect(Period(frequency, containing: period.start) == period)
            #expect(Period(frequency, containing: period.end) == period)
            let next = period.advanced(by: 1)
            #expect(next.start.daysSince1970 == period.end.daysSince1970 + 1)
            #expect(period < next && period.distance(to: next) == 1)
            period = next
        }
    }

    @Test("arithmetic crosses years and kinds do not mix")
    func arithmetic() throws {
        func period(_ text: String) throws -> Period { try #require(Period(text)) }
        #expect(try period("2020-Q4").advanced(by: 1) == period("2021-Q1"))
        #expect(try period("2020-01").advanced(by: -1) == period("2019-12"))
        #expect(try period("2020-W53").advanced(by: 1) == period("2021-W01"))
        #expect(try period("2020-02-28").advanced(by: 2) == period("2020-03-01"))
        #expect(try period("2015").distance(to: period("2020")) == 5)
        #expect(try period("2015").distance(to: period("2020-Q1")) == nil)
    }

    @Test("a longer period contains the shorter ones in it and comes before them")
    func nesting() throws {
        func period(_ text: String) throws -> Period { try #require(Period(text)) }
        #expect(try period("2020").contains(period("2020-Q4")))
        #expect(try period("2020-S1").contains(period("2020-06-30")))
        #expect(try !period("2020").contains(period("2020-W53")))
        let sorted = try ["2020-01-01", "2020-01", "2020-Q1", "2020-S1", "2020", "2019-12"].map(period).sorted()
        #expect(sorted.map(\.description) == ["2019-12", "2020", "2020-S1", "2020-Q1", "2020-01", "2020-01-01"])
    }

    @Test("JSON has the SDMX spelling")
    func json() throws {
        #expect(try CanonicalJSON.text([Period.year(2020)]) == "[\"2020\"]")
        #expect(throws: DecodingError.self) { try CanonicalJSON.decode([Period].self, from: "[\"2020-13\"]") }
    }
}
