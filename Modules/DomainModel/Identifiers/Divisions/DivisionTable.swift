/// The divisions of China from 1981 to 2024: every code of the standard and of the yearly lists, with its names and years,
/// what took its place, and what it was made from.
///
/// Limits: the lists are those at the end of each year, so a code counts as in force from the first day of the year that
/// lists it first to the last day of the year after the one that lists it last, unless ``lastDays`` and ``firstDays`` know
/// the day. Changes after 2024 are not known. Where the standard and the ministry's lists had different codes for one
/// division, both count in those years. Divisions below the county, and areas under the administration of development
/// zones, have no code here. A division that lost a part of its area kept its code; for the corridor ``remarks`` say so.
///
/// Source: Ministry of Civil Affairs, codes of divisions at and above the county, yearly lists and changes, 1981 to 2024,
/// set right by the editions of GB/T 2260, as collected in areacodes (CC0, see NOTICE); codes that only the ministry's
/// lists had, and those of 1980 that no later list has, from the lists of 1980-12 to 2011-12.
enum DivisionTable {
    /// A name of a code and the years of the lists that have it.
    struct Entry: Sendable {
        let name: String
        let first: Int
        let last: Int
    }

    /// What is known of a code.
    struct Line: Sendable {
        /// Its names, in the order of their years.
        var entries: [Entry] = []
        /// The codes of the newest list that have its area; empty for codes in force, and where nothing is known.
        var successors: [Int] = []
        /// The codes of the year before from whose areas it was made; empty where nothing is known.
        var predecessors: [Int] = []
    }

    /// What a code is on a day.
    enum State: Hashable {
        case inForce(name: String)
        case retired(lastYear: Int)
        case notYet(firstYear: Int)
        case unknown
    }

    /// The first and the last list.
    static let years = 1_981...2_024

    /// What is known, by code.
    static let lines: [Int: Line] = {
        var lines: [Int: Line] = [:]
        lines.reserveCapacity(7_000)
        for text in [north, northeast, east, eastSouth, central, south, sichuan, southwest, northwest] {
            var prefecture = 0
            for token in text.split(whereSeparator: \.isWhitespace) {
                let digits = token.utf8.prefix { $0.isDigit }
                let number = Array(digits)[...].number
                if digits.count != 2 { prefecture = digits.count == 6 ? number / 100 : number }
                if digits.count == 4 { continue }
                let code = digits.count == 2 ? prefecture * 100 + number : number
                let text = token.utf8[digits.endIndex...]
                var line = lines[code] ?? Line()
                line.entries.append(entry(text))
                line.successors += codes(in: text, after: ">", prefecture)
                line.predecessors += codes(in: text, after: "<", prefecture)
                lines[code] = line
            }
        }
        return lines
    }()

    /// Reads `余杭市+1995-2000>10<25`: a name, the first year after a plus, the last year after a minus.
    private static func entry(_ text: Substring.UTF8View) -> Entry {
        func year(after sign: Character) -> Int? {
            guard let place = text.firstIndex(of: sign.asciiValue ?? 0) else { return nil }
            return Array(text[text.index(after: place)...].prefix { $0.isDigit })[...].number
        }
        let name = text.prefix { byte in !"+-<>".utf8.contains(byte) }
        return Entry(
            name: String(Substring(name)),
            first: year(after: "+") ?? years.lowerBound,
            last: year(after: "-") ?? years.upperBound
        )
    }

    /// Reads codes with commas between them; those of two digits lie in the prefecture.
    private static func codes(in text: Substring.UTF8View, after sign: Character, _ prefecture: Int) -> [Int] {
        guard let place = text.firstIndex(of: sign.asciiValue ?? 0) else { return [] }
        let list = text[text.index(after: place)...].prefix { $0.isDigit || $0 == UInt8(ascii: ",") }
        return list.split(separator: UInt8(ascii: ",")).map { digits in
            digits.count == 2 ? prefecture * 100 + Array(digits)[...].number : Array(digits)[...].number
        }
    }

    /// Whether two digits are those of a province, of Taiwan or of a special administrative region.
    static func hasProvince(_ number: Int) -> Bool { provinces.contains(number) }

    private static let provinces = Set(lines.keys.filter { $0 % 10_000 == 0 }.map { $0 / 10_000 })

    /// Whether any list has the code; collective codes count.
    static func wasEverInForce(_ code: Int) -> Bool { lines[code] != nil || collectiveName(code) != nil }

    /// What a code is on a day; days after the last list have its state.
    static func state(of code: Int, on day: CivilDate) -> State {
        guard let entries = lines[code]?.entries, let first = entries.first, let last = entries.last else {
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
        if code % 100 == 1, code % 10_000 != 1, isCity(code - 1) {
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

    private static func isCity(_ code: Int) -> Bool {
        lines[code]?.entries.contains { $0.name.hasSuffix("市") } == true
    }

    /// The newest name of a code that any list has.
    static func name(of code: Int) -> String? { lines[code]?.entries.last?.name }

    /// The names of province, prefecture and county, the newest of each.
    static func fullName(_ code: Int, itself: String? = nil) -> String? {
        let levels =
            code % 10_000 == 0
            ? [code]
            : code % 100 == 0
                ? [code / 10_000 * 10_000, code]
                : [code / 10_000 * 10_000, code / 100 * 100, code]
        let names = levels.map { level in
            level == code ? itself ?? Self.name(of: level) ?? collectiveName(level) : Self.name(of: level)
        }
        guard names.contains(where: { $0 != nil }) else { return nil }
        return names.compactMap(\.self).joined()
    }
}
