extension DivisionTable {
    /// Where the area of a retired code went, for changes that the name does not tell: those of Zhejiang and Shanghai, and
    /// of the centres of Nanjing, Jinan, Beijing and Tianjin.
    ///
    /// Source: notice of Zhejiang Province of 2021-03-11, published 2021-04-09, for Hangzhou; the yearly lists of changes of
    /// the Ministry of Civil Affairs for all others.
    private static let statedSuccessors: [Int: [Int]] = [
        330_103: [330_105], 330_104: [330_102, 330_114], 330_107: [330_105], 330_204: [330_212], 330_227: [330_212],
        330_621: [330_603], 330_623: [330_683], 310_102: [310_101], 310_103: [310_101], 310_108: [310_106],
        310_119: [310_115], 310_224: [310_115], 320_103: [320_104], 320_107: [320_106], 110_103: [110_101],
        110_104: [110_102], 120_107: [120_116], 120_108: [120_116], 120_109: [120_116], 371_200: [370_116, 370_117],
        371_202: [370_116],
    ]

    /// The area that a code was made from, for changes that the name does not tell. Source: as above.
    private static let statedPredecessors: [Int: [Int]] = [330_113: [330_110], 330_114: [330_104, 330_109]]

    /// The first days of codes, where they are known. Source: as above.
    static let firstDays: [Int: CivilDate] = [330_113: reform, 330_114: reform]

    /// The last days of codes, where they are known. Source: as above.
    static let lastDays: [Int: CivilDate] = [330_103: beforeReform, 330_104: beforeReform]

    private static let reform = CivilDate(daysSince1970: 18_726)
    private static let beforeReform = CivilDate(daysSince1970: 18_725)

    /// What happened to areas whose code stayed. Source: as above.
    static let remarks: [Int: LocalizedText] = [
        330_110: LocalizedText(
            zh: "2021-04-09 起范围缩小，东部成为临平区 330113",
            en: "smaller since 2021-04-09, the east is Linping 330113"
        ),
        330_102: LocalizedText(zh: "2021-04-09 起并入原江干区大部", en: "has most of the former Jianggan since 2021-04-09"),
        330_105: LocalizedText(zh: "2021-04-09 起并入原下城区", en: "has the former Xiacheng since 2021-04-09"),
        330_109: LocalizedText(
            zh: "2021-04-09 起东部归钱塘区 330114",
            en: "without its east, Qiantang 330114, since 2021-04-09"
        ),
    ]

    /// The codes that took the place of a retired one, followed up to the last list; empty where nothing is known.
    ///
    /// Where no change is stated, a division of the same name and level in the same province that the list after the
    /// last one has: 余杭县 330125, 余杭市 339021 and 330184, 余杭区 330110.
    static func successors(of code: Int) -> [Int] {
        var open = [code]
        var found: [Int] = []
        var seen: Set<Int> = [code]
        while let next = open.popLast() {
            guard let last = entries[next]?.last else { continue }
            if last.last == years.upperBound, next != code {
                found.append(next)
                continue
            }
            let heirs =
                statedSuccessors[next]
                ?? namesakes(of: next, last.name) { $0.first <= last.last + 1 && $0.last > last.last }
            open += heirs.filter { seen.insert($0).inserted }
        }
        return found.sorted()
    }

    /// The codes that a code was made from, in the year before; empty where nothing is known.
    static func predecessors(of code: Int) -> [Int] {
        guard let first = entries[code]?.first else { return [] }
        return statedPredecessors[code]
            ?? namesakes(of: code, first.name) { $0.last >= first.first - 1 && $0.first < first.first }.sorted()
    }

    /// The codes of the same province and level with an entry of the same name and an allowed time.
    private static func namesakes(of code: Int, _ name: String, _ isAllowed: (Entry) -> Bool) -> [Int] {
        let stem = stem(of: name)
        guard stem.count > 1 else { return [] }
        return entries.compactMap { other, list in
            let isAkin = other != code && other / 10_000 == code / 10_000 && (other % 100 == 0) == (code % 100 == 0)
            return isAkin && list.contains { isAllowed($0) && Self.stem(of: $0.name) == stem } ? other : nil
        }
    }

    /// The name without what it says of the level.
    private static func stem(of name: String) -> Substring {
        for level in ["自治县", "地区", "林区", "新区", "县", "市", "区", "盟", "旗"] where name.hasSuffix(level) {
            return name.dropLast(level.count)
        }
        return name[...]
    }
}
