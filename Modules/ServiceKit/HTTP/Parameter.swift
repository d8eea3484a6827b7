import DomainModel

/// A parameter of a route, declared as data: checked before the handler runs, and described in the API's documentation.
///
///     api.get(
///         "/v1/batches", summary: "Batches, newest first", zh: "批次，最新在前",
///         query: [Parameter("state", .choice(of: Batch.State.self), "Only those in a state", zh: "仅此状态"), .limit, .after],
///         answers: [.json(Page<Batch>.self)], problems: []
///     ) { request in
///         let state = try request.query("state", as: Batch.State.self)
///         …
///     }
public struct Parameter: Sendable, Hashable {
    /// What values a parameter takes.
    public enum Kind: Sendable, Hashable {
        /// Any text of 1…`maximum` characters.
        case text(maximum: Int)
        /// SHA-256 as 64 lower-case hexadecimal digits.
        case digest
        /// A whole number of the range.
        case integer(ClosedRange<Int>)
        /// `true` or `false`.
        case boolean
        /// RFC 3339, or a date, which means the end of that day in UTC.
        case instant
        /// An SDMX period: `2020`, `2020-S1`, `2020-Q3`, `2020-05`, `2020-W07`, `2020-05-17`.
        case period
        /// A day of the calendar: `2021-06-30`.
        case day
        /// One of these.
        case choice([String])

        /// Text of up to 200 characters.
        public static let text = Kind.text(maximum: 200)

        /// One of the cases of an enumeration.
        public static func choice<Value: RawRepresentable & CaseIterable>(of type: Value.Type) -> Kind
        where Value.RawValue == String {
            .choice(type.allCases.map(\.rawValue))
        }
    }

    /// The name, as it stands in the query or between braces in the path.
    public let name: String
    /// What values it takes.
    public let kind: Kind
    /// What it means, in one line.
    public let summary: String
    /// The same in Chinese.
    public let summaryZh: String
    /// Whether it must be given; parameters of the path always are.
    public let isRequired: Bool
    /// Whether it may stand more than once.
    public let isRepeatable: Bool

    /// Declares a parameter.
    public init(
        _ name: String,
        _ kind: Kind = .text,
        _ summary: String,
        zh: String,
        isRequired: Bool = false,
        isRepeatable: Bool = false
    ) {
        self.name = name
        self.kind = kind
        self.summary = summary
        self.summaryZh = zh
        self.isRequired = isRequired
        self.isRepeatable = isRepeatable
    }

    /// How many items a page has: 1…1000, 100 unless given. Read it with ``APIRequest/limit``.
    public static let limit = Parameter(
        "limit",
        .integer(1...1_000),
        "Items of a page; 100 unless given",
        zh: "每页条数，默认 100"
    )
    /// Where the page starts: `next` of the page before. Read it with ``APIRequest/after``.
    public static let after = Parameter(
        "after",
        .text(maximum: 1_000),
        "Cursor: “next” of the page before",
        zh: "游标：上一页的 next"
    )
    /// The state of knowledge that is asked about.
    public static let asOf = Parameter(
        "asOf",
        .instant,
        "Answer with what was known at this instant",
        zh: "按该时刻已知的数据回答"
    )

    /// The day that is asked about.
    public static let validAt = Parameter(
        "validAt",
        .day,
        "Answer with what holds on this day; today unless given",
        zh: "按该日有效的数据回答，默认今日"
    )

    /// Whether the items of the whole list are counted. Read it with ``APIRequest/wantsTotal``.
    public static let total = Parameter(
        "total",
        .boolean,
        "Count the items of the whole list; takes longer",
        zh: "统计整个列表的条数；耗时较长"
    )
    /// The members that the answer is to have; every route that answers JSON takes it.
    static let fields = Parameter(
        "fields",
        .text(maximum: 1_000),
        "Only these members, separated by commas, dots between levels: code,name.en",
        zh: "只返回这些成员，逗号分隔，层级用点：code,name.en"
    )

    /// The order of a list: one of these names, with a minus for the other way round. Read it with
    /// ``APIRequest/sorting``.
    public static func sort(_ names: [String]) -> Parameter {
        Parameter(
            "sort",
            .choice(names.flatMap { [$0, "-\($0)"] }),
            "The order; a minus before the name begins with the greatest",
            zh: "排序；名称前加减号为降序"
        )
    }

    /// The parameters that every list takes: `limit`, `after`, `total`, and `sort` where it has names.
    public static func paging(sort names: [String] = []) -> [Parameter] {
        [.limit, .after, .total] + (names.isEmpty ? [] : [.sort(names)])
    }

    /// What is wrong with a value, as what was expected instead; `nil` when it is right.
    func mismatch(_ value: String) -> LocalizedText? {
        switch kind {
        case .text(let maximum):
            value.isEmpty || value.unicodeScalars.count > maximum || value.unicodeScalars.contains("\0")
                ? LocalizedText(zh: "1 到 \(maximum) 个字符，不含 U+0000", en: "1 to \(maximum) characters without U+0000")
                : nil
        case .digest:
            Hexadecimal.isSHA256(value)
                ? nil
                : LocalizedText(
                    zh: "64 位小写十六进制数字（SHA-256）",
                    en: "64 lower-case hexadecimal digits, a SHA-256"
                )
        case .integer(let range):
            Int(value).map { range.contains($0) } == true
                ? nil
                : LocalizedText(
                    zh: "\(range.lowerBound) 到 \(range.upperBound) 之间的整数",
                    en: "a whole number from \(range.lowerBound) to \(range.upperBound)"
                )
        case .boolean:
            value == "true" || value == "false" ? nil : LocalizedText(zh: "true 或 false", en: "true or false")
        case .instant:
            Instant(value) == nil
                ? LocalizedText(
                    zh: "RFC 3339 时间，如 2026-07-01T08:30:00Z，或日期",
                    en: "an RFC 3339 time such as 2026-07-01T08:30:00Z, or a date"
                ) : nil
        case .period:
            Period(value) == nil
                ? LocalizedText(
                    zh: "SDMX 时期，如 2020、2020-S1、2020-Q3、2020-05",
                    en: "an SDMX period such as 2020, 2020-S1, 2020-Q3, 2020-05"
                ) : nil
        case .day:
            CivilDate(value) == nil
                ? LocalizedText(zh: "日期，如 2021-06-30", en: "a day such as 2021-06-30") : nil
        case .choice(let choices):
            choices.contains(value)
                ? nil
                : LocalizedText(
                    zh: "以下之一：\(choices.joined(separator: "、"))",
                    en: "one of \(choices.joined(separator: ", "))"
                )
        }
    }
}
