import DomainModel

/// A field in which two records differ, as people read it.
struct MergedFieldRow: Codable, Sendable, Listed {
    private let field: String
    private let survivor: String?
    private let absorbed: String?
    private let taken: MergeSide?

    init(_ field: MergedField, _ kind: RegistryKind, _ words: RecordWords, _ language: Language) {
        func spelling(_ value: AttributeValue?) -> String? {
            field.isMasked
                ? RecordSheet.mask : value.map { words.spelling(of: $0, field: field.field, of: kind, language) }
        }
        self.field = words.label(of: field.field, kind)[language]
        survivor = spelling(field.survivor)
        absorbed = spelling(field.absorbed)
        taken = field.taken
    }

    static var listing: [Column<MergedFieldRow>] {
        let columns: [Column<MergedFieldRow>] = [
            .code("field", "字段", "field") { $0.field },
            .text("survivor", "存续记录", "survivor", style: { $0.taken == .survivor ? .bold : .dim }, \.survivor),
            .text("absorbed", "并入记录", "absorbed", style: { $0.taken == .absorbed ? .bold : .dim }, \.absorbed),
        ]
        return columns + Column.word("taken", "取值", "taken") { $0.taken }
    }
}

/// What becomes of a statement in a merge, with what its codes are called.
struct MergedStatementRow: Codable, Sendable {
    let merged: MergedStatement
    var words = RecordWords()

    init(merged: MergedStatement, words: RecordWords) {
        self.merged = merged
        self.words = words
    }

    init(from decoder: any Decoder) throws { merged = try MergedStatement(from: decoder) }

    func encode(to encoder: any Encoder) throws { try merged.encode(to: encoder) }

    private var listed: ListedStatement { ListedStatement(merged.statement, words: words) }
}

extension MergedStatementRow: Listed {
    static var listing: [Column<MergedStatementRow>] {
        var columns: [Column<MergedStatementRow>] = [.number("number", "编号", "no.") { $0.merged.statement.number }]
        columns += Column.word(
            "fate",
            "处理",
            "becomes",
            style: { $0.merged.fate == .refused ? .red : nil },
            \.merged.fate
        )
        columns += [.code("subject", "关于", "about") { $0.merged.statement.subject }]
        columns += Column.word("type", "类型", "type", code: { $0.merged.statement.type }, called: { $0.listed.type })
        columns += [.code("object", "对象", "with") { $0.merged.statement.object }]
        columns += Column.word("term", "类别", "as", code: { $0.merged.statement.term }, called: { $0.listed.term })
        columns += [
            .number("share", "份额", "share") { $0.merged.statement.share },
            .code("from", "自", "from") { $0.merged.statement.from?.isoText },
            .code("until", "至", "until") { $0.merged.statement.until?.isoText },
        ]
        columns += Column.word(
            "conflicts",
            "冲突",
            "in the way",
            isFlexible: true,
            code: { $0.merged.conflicts.map(\.code.rawValue).joined(separator: ";") },
            called: { row in
                let messages = row.merged.conflicts.map(\.message)
                return LocalizedText(
                    zh: messages.map(\.zh).joined(separator: "；"),
                    en: messages.map(\.en).joined(separator: "; ")
                )
            }
        )
        return columns
    }
}

extension MergeSide: Titled {
    var title: LocalizedText {
        switch self {
        case .survivor: LocalizedText(zh: "存续记录", en: "survivor")
        case .absorbed: LocalizedText(zh: "并入记录", en: "absorbed")
        }
    }
}

extension MergedStatement.Fate: Titled {
    var title: LocalizedText {
        switch self {
        case .moved: LocalizedText(zh: "移入", en: "moved")
        case .same: LocalizedText(zh: "已有相同", en: "same")
        case .loop: LocalizedText(zh: "两者互指，终止", en: "loop")
        case .dropped: LocalizedText(zh: "不移入", en: "dropped")
        case .refused: LocalizedText(zh: "无法移入", en: "refused")
        }
    }
}
