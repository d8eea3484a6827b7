import DomainModel

/// An answer of the search box, for people.
struct FoundRow: Codable, Sendable {
    let found: FoundRecord
    var words = RecordWords()

    init(found: FoundRecord, words: RecordWords = RecordWords()) {
        self.found = found
        self.words = words
    }

    init(from decoder: any Decoder) throws { found = try FoundRecord(from: decoder) }

    func encode(to encoder: any Encoder) throws { try found.encode(to: encoder) }
}

extension FoundRow: Listed {
    static var listing: [Column<FoundRow>] {
        let kind = Column<FoundRow>.word(
            "kind",
            "类型",
            "kind",
            code: { $0.found.kind.rawValue },
            called: { $0.found.kind.title }
        )
        let match = Column<FoundRow>.word(
            "match",
            "匹配",
            "match",
            code: { $0.found.match.rawValue },
            called: { $0.found.match.title }
        )
        let region = Column<FoundRow>.word(
            "region",
            "所在地区",
            "region",
            code: { $0.found.region },
            called: { row in
                row.found.region.map { row.words.regions[$0] ?? LocalizedText(zh: $0, en: $0) }
            }
        )
        let key: [Column<FoundRow>] = [.code("key", "记录", "record") { $0.found.key }]
        let names: [Column<FoundRow>] = [
            .text("name", "名称", "name") { $0.found.name ?? $0.found.shown },
            .text("shown", "检得", "found as") { $0.found.shown == $0.found.name ? nil : $0.found.shown },
        ]
        return key + kind + names + match + region
    }
}

extension FoundRecord: Listed {
    static var listing: [Column<FoundRecord>] {
        [
            .code("key", "记录", "record") { $0.key },
            .code("kind", "类型", "kind") { $0.kind.rawValue },
            .text("name", "名称", "name") { $0.name ?? $0.shown },
            .text("shown", "检得", "found as") { $0.shown },
            .code("match", "匹配", "match") { $0.match.rawValue },
            .code("field", "字段", "field") { $0.field },
            .code("region", "所在地区", "region") { $0.region },
        ]
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
