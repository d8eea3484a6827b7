import DomainModel

/// An answer of the search box, for people.
struct FoundRow: Codable, Sendable {
    let found: FoundRecord
    var words = RecordWords()

    init(from decoder: any Decoder) throws { found = try FoundRecord(from: decoder) }

    func encode(to encoder: any Encoder) throws { try found.encode(to: encoder) }
}

extension FoundRow: WordedRow {
    var vocabularies: Set<String> { [] }
    var namesRegion: Bool { found.region != nil }

    static var listing: [Column<FoundRow>] {
        var columns: [Column<FoundRow>] = [.code("key", "记录", "record") { $0.found.key }]
        columns += Column.word("kind", "类型", "kind") { $0.found.kind }
        columns += [
            .text("name", "名称", "name") { $0.found.name ?? $0.found.shown },
            .text("shown", "检得", "found as", in: .list) { $0.found.shown == $0.found.name ? nil : $0.found.shown },
            .text("shown", "检得", "found as", in: .csv) { $0.found.shown },
        ]
        columns += Column.word("match", "匹配", "match") { $0.found.match }
        columns += [.code("field", "字段", "field", in: .csv) { $0.found.field }]
        columns += Column.word(
            "region",
            "所在地区",
            "region",
            code: { $0.found.region },
            called: { row in row.found.region.map { row.words.regions[$0] ?? LocalizedText(zh: $0, en: $0) } }
        )
        return columns
    }
}

extension FoundRecord.Match {
    /// How a name answers, in words.
    var title: LocalizedText {
        switch self {
        case .exact: LocalizedText(zh: "相同", en: "exact")
        case .prefix: LocalizedText(zh: "开头", en: "prefix")
        case .pinyin: LocalizedText(zh: "拼音", en: "pinyin")
        case .initials: LocalizedText(zh: "首字母", en: "initials")
        case .overlap: LocalizedText(zh: "包含", en: "overlap")
        }
    }
}
