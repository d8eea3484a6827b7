extension DivisionTable {
    /// The first days of codes, where they are known.
    ///
    /// Source: notice of Zhejiang Province of 2021-03-11, published 2021-04-09, for Hangzhou.
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
}
