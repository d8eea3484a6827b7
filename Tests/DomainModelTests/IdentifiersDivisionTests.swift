import Testing

@testable import DomainModel

@Suite("identifiers: divisions and industries")
struct IdentifiersDivisionTests {
    private func check(_ code: String, _ year: Int, _ month: Int, _ day: Int) throws -> IdentifierVerdict {
        IdentifierKind.division.check(code, on: try #require(CivilDate(year: year, month: month, day: day)))
    }

    // Notice of Zhejiang Province of 2021-03-11, published 2021-04-09.
    @Test("the districts of Hangzhou change on 9 April 2021")
    func hangzhou() throws {
        for code in ["330103", "330104"] {
            #expect(try check(code, 2021, 4, 8).isValid)
            #expect(try check(code, 2021, 4, 9).fault?.code == "DIVISION_RETIRED")
        }
        for code in ["330113", "330114"] {
            #expect(try check(code, 2021, 4, 8).fault?.code == "DIVISION_NOT_YET")
            #expect(try check(code, 2021, 4, 9).isValid)
        }
        #expect(try check("330103", 2026, 1, 1).candidates == ["330105"])
        #expect(try check("330104", 2026, 1, 1).candidates == ["330102", "330114"])
        #expect(try check("330104", 2026, 1, 1).hint.zh == "现为 330102 上城区、330114 钱塘区")
        #expect(try check("330113", 2020, 1, 1).hint.en == "before it 330110 余杭区")
        for year in [2002, 2026] { #expect(try check("330110", year, 6, 1).isValid) }
        #expect(try check("330110", 2026, 1, 1).identifier?.parts.last?.value.en.contains("330113") == true)
    }

    @Test("a code is named as it was on the day", arguments: [(1982, "南城区"), (1983, "城区"), (2020, "鹿城区")])
    func names(year: Int, name: String) throws {
        // 温州, code 330302, in the lists of the ends of 1982, 1983 and 2018.
        let value = try #require(try check("330302", year, 12, 31).identifier as? DivisionCode)
        #expect(value.name == name)
    }

    @Test(
        "a retired code leads to the one of today",
        arguments: [
            ("330125", ["330110"]), ("330184", ["330110"]), ("330121", ["330109"]), ("330204", ["330212"]),
            ("310119", ["310115"]), ("110103", ["110101"]), ("371202", ["370116"]), ("440524", ["440513", "440514"]),
            // Two districts of a name in one province; a county whose name went; a division of a city; one that is in
            // the standard of 1988 to 1999 and not in the ministry's lists; one that is in the lists and not there.
            ("130103", ["130102", "130104"]), ("130122", ["130110"]), ("130421", ["130402", "130403"]),
            ("362502", ["361002"]), ("362501", ["361002"]), ("332100", ["330400", "330500"]), ("339021", ["330110"]),
        ]
    )
    func successors(code: String, now: [String]) throws {
        let verdict = try check(code, 2026, 1, 1)
        #expect(verdict.fault?.code == "DIVISION_RETIRED")
        #expect(verdict.candidates == now)
    }

    // Announcements of Xinjiang of 2024-12-27; approval of the State Council of 2020-03-30, published 2020-04-18, for Sansha.
    @Test("new divisions are in force from their year on, and lead to what they were made from")
    func predecessors() throws {
        for (code, year, from) in [
            ("653228", 2_024, "653223"), ("653229", 2_024, "653221"), ("330113", 2_021, "330110"),
        ] {
            #expect(try check(code, year, 12, 31).isValid)
            let before = try check(code, year - 1, 12, 31)
            #expect(before.fault?.code == "DIVISION_NOT_YET")
            #expect(before.candidates == [from])
        }
        let value = try #require(try check("460303", 2020, 12, 31).identifier as? DivisionCode)
        #expect(value.name == "南沙区")
    }

    @Test("numbers of residents of every division of the standard can be read")
    func residents() {
        // 临川 was 362502 from 1987 to 2000: GB/T 2260-1991 and -1999.
        #expect(DivisionTable.wasEverInForce(362_502) && DivisionTable.wasEverInForce(320_212))
        #expect(!DivisionTable.wasEverInForce(362_599))
    }

    @Test("the table holds together")
    func table() {
        // Ministry of Civil Affairs, end of 2024: 34 provinces, 333 prefectures, 2846 counties.
        let current = DivisionTable.lines.filter { $0.value.entries.last?.last == 2_024 }.keys
        #expect(current.filter { $0 % 10_000 == 0 }.count == 34)
        #expect(current.filter { $0 % 10_000 != 0 && $0 % 100 == 0 }.count == 333)
        #expect(current.filter { $0 % 100 != 0 }.count == 2_846)
        for (code, line) in DivisionTable.lines {
            let entries = line.entries
            #expect((110_000...829_999).contains(code) && DivisionTable.hasProvince(code / 10_000))
            for (entry, next) in zip(entries, entries.dropFirst()) {
                #expect(entry.last + (entry.name == next.name ? 1 : 0) < next.first, "\(code)")
            }
            for entry in entries {
                #expect((1_980...2_024).contains(entry.first) && entry.first <= entry.last && !entry.name.isEmpty)
            }
            #expect(line.successors.allSatisfy(current.contains), "\(code)")
            #expect(line.successors.isEmpty || !current.contains(code), "\(code)")
            #expect(line.predecessors.allSatisfy { DivisionTable.lines[$0] != nil }, "\(code)")
        }
        // Of the divisions since the first edition of the standard three are not followed: the lists say nothing of them.
        let lost = DivisionTable.lines.filter { code, line in
            let last = line.entries.last?.last ?? 0
            return line.successors.isEmpty && last > 1_982 && last < 2_024
        }
        #expect(lost.keys.sorted() == [222_202, 449_010, 450_306])
    }

    // GB/T 4754-2017, foreword and §4: 20 sections, 97 divisions, 473 groups.
    @Test("the classification of industries is whole")
    func industries() {
        let divisions = IndustryTable.divisions
        #expect(IndustryTable.sections.count == 20)
        #expect(divisions.keys.sorted() == Array(1...97))
        #expect(divisions.values.reduce(0) { $0 + $1.groups.count } == 473)
        #expect(divisions.values.flatMap(\.groups.values).reduce(0) { $0 + $1.count } == 1_381)
        #expect(divisions.values.allSatisfy { IndustryTable.sections[$0.section] != nil })
        for (division, section) in [(1, "A"), (13, "C"), (43, "C"), (44, "D"), (65, "I"), (75, "M"), (97, "T")] {
            #expect(divisions[division]?.section == section.utf8.first)
        }
    }
}
