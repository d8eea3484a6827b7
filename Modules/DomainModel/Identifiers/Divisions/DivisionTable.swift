/// The divisions of China from 1980 to 2023: every code of the yearly lists, with its names and years.
///
/// Limits: the lists are those at the end of each year, so a code counts as in force from the first day of the year that
/// lists it first to the last day of the year after the one that lists it last, unless ``lastDays`` and ``firstDays`` know
/// the day. Changes after 2023 are not known. Slips of the lists that lasted for one year are mended. Divisions below the
/// county, and areas under the administration of development zones, have no code here. A division that lost a part of
/// its area kept its code; for the corridor ``remarks`` say so.
///
/// Source: Ministry of Civil Affairs, codes of divisions at and above the county, lists of 1980-12 to 2011-12, 2013-12
/// to 2017-12 and 2019-04, and the yearly lists of changes of 2019 to 2023.
enum DivisionTable {
    /// A name of a code and the years of the lists that have it.
    struct Entry: Sendable {
        let name: String
        let first: Int
        let last: Int
    }

    /// What a code is on a day.
    enum State: Hashable {
        case inForce(name: String)
        case retired(lastYear: Int)
        case notYet(firstYear: Int)
        case unknown
    }

    /// The first and the last list.
    static let years = 1_980...2_023

    /// The entries by code, in the order of their years.
    static let entries: [Int: [Entry]] = {
        var entries: [Int: [Entry]] = [:]
        entries.reserveCapacity(7_000)
        for text in [north, northeast, east, eastSouth, central, south, southwest, northwest] {
            var prefecture = 0
            for token in text.split(whereSeparator: \.isWhitespace) {
                let digits = token.utf8.prefix { $0.isDigit }
                let number = Array(digits)[...].number
                if digits.count != 2 { prefecture = digits.count == 6 ? number / 100 : number }
                if digits.count == 4 { continue }
                let code = digits.count == 2 ? prefecture * 100 + number : number
                entries[code, default: []].append(entry(token.utf8[digits.endIndex...]))
            }
        }
        return entries
    }()

    /// Reads `余杭市+1995-2000`: a name, the first year after a plus, the last year after a minus.
    private static func entry(_ text: Substring.UTF8View) -> Entry {
        func year(after sign: Character) -> Int? {
            guard let place = text.firstIndex(of: sign.asciiValue ?? 0) else { return nil }
            return Array(text[text.index(after: place)...].prefix { $0.isDigit })[...].number
        }
        let name = text.prefix { $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }
        return Entry(
            name: String(Substring(name)),
            first: year(after: "+") ?? years.lowerBound,
            last: year(after: "-") ?? years.upperBound
        )
    }

    /// Whether two digits are those of a province, of Taiwan or of a special administrative region.
    static func hasProvince(_ number: Int) -> Bool { provinces.contains(number) }

    private static let provinces = Set(entries.keys.filter { $0 % 10_000 == 0 }.map { $0 / 10_000 })

    /// Whether any list has the code; collective codes count.
    static func wasEverInForce(_ code: Int) -> Bool { entries[code] != nil || collectiveName(code) != nil }

    /// What a code is on a day; days after the last list have its state.
    static func state(of code: Int, on day: CivilDate) -> State {
        guard let entries = entries[code], let first = entries.first, let last = entries.last else {
            return collectiveName(code).map { .inForce(name: $0) } ?? .unknown
        }
        let year = min(max(day.components.year, years.lowerBound), years.upperBound)
        let hasBegun = firstDays[code].map { day >= $0 } ?? (year >= first.first)
        if !hasBegun { return .notYet(firstYear: first.first) }
        let hasEnded = lastDays[code].map { day > $0 } ?? (last.last < years.upperBound && year > last.last + 1)
        if hasEnded { return .retired(lastYear: last.last) }
        let entry = entries.last { $0.first <= year } ?? first
        return .inForce(name: entry.name)
    }

    /// The codes that stand for the districts or counties of a city together, and for what a province governs itself.
    ///
    /// Source: GB/T 2260-2007 §4.2 and table 1.
    private static func collectiveName(_ code: Int) -> String? {
        if code % 100 == 1, code % 10_000 != 1, entries[code - 1]?.contains(where: { $0.name.hasSuffix("市") }) == true {
            return "市辖区"
        }
        switch code {
        case 110_100, 120_100, 310_100, 500_100: return "市辖区"
        case 110_200, 120_200, 310_200, 500_200: return "县"
        case 419_000, 429_000, 469_000: return "省直辖县级行政区划"
        case 659_000: return "自治区直辖县级行政区划"
        default: return nil
        }
    }

    /// The names of province, prefecture and county, the newest of each.
    static func fullName(_ code: Int, itself: String? = nil) -> String? {
        let levels =
            code % 10_000 == 0
            ? [code]
            : code % 100 == 0
                ? [code / 10_000 * 10_000, code]
                : [code / 10_000 * 10_000, code / 100 * 100, code]
        let names = levels.map { level in
            level == code ? itself ?? entries[level]?.last?.name ?? collectiveName(level) : entries[level]?.last?.name
        }
        guard names.contains(where: { $0 != nil }) else { return nil }
        return names.compactMap(\.self).joined()
    }
}
