import DomainModel

/// A statement in a list, with what its codes are called.
struct ListedStatement: Codable, Sendable {
    let statement: RegistryStatement
    var words = RecordWords()

    init(_ statement: RegistryStatement, words: RecordWords = RecordWords()) {
        self.statement = statement
        self.words = words
    }

    init(from decoder: any Decoder) throws { statement = try RegistryStatement(from: decoder) }

    func encode(to encoder: any Encoder) throws { try statement.encode(to: encoder) }

    /// What is declared of its kind.
    private var definition: StatementDefinition? { RecordModel.standard.statement(statement.type) }

    /// What its kind is called.
    var type: LocalizedText { definition?.label ?? LocalizedText(zh: statement.type, en: statement.type) }

    /// What its term is called.
    var term: LocalizedText {
        LocalizedText(
            zh: words.term(of: statement, definition, .zh),
            en: words.term(of: statement, definition, .en)
        )
    }

    /// What else it says.
    var details: LocalizedText {
        LocalizedText(zh: words.details(of: statement, .zh), en: words.details(of: statement, .en))
    }
}

extension ListedStatement: WordedRow {
    /// The fields that it has values of.
    private var fields: [FieldDefinition] {
        (definition?.fields ?? []).filter { statement.attributes[$0.code] != nil }
    }

    var vocabularies: Set<String> {
        var found = Set(fields.compactMap(\.vocabulary))
        if statement.term != nil, let name = definition?.vocabulary { found.insert(name) }
        return found
    }

    var namesRegion: Bool { fields.contains { $0.type == .region } }
}

extension ListedStatement {
    static var listing: [Column<ListedStatement>] {
        let number: [Column<ListedStatement>] = [.number("number", "编号", "no.") { $0.statement.number }]
        let type = Column<ListedStatement>.word(
            "type",
            "类型",
            "type",
            code: { $0.statement.type },
            called: { $0.type }
        )
        let ends: [Column<ListedStatement>] = [
            .code("subject", "关于", "about") { $0.statement.subject },
            .code("object", "对象", "with") { $0.statement.object },
        ]
        let term = Column<ListedStatement>.word(
            "term",
            "类别",
            "as",
            code: { $0.statement.term },
            called: { $0.term }
        )
        let details = Column<ListedStatement>.word(
            "attributes",
            "内容",
            "details",
            isFlexible: true,
            code: { $0.statement.details },
            called: { $0.details }
        )
        let dates: [Column<ListedStatement>] = [
            .number("share", "份额", "share") { $0.statement.share },
            .code("from", "自", "from") { $0.statement.from?.isoText },
            .code("until", "至", "until") { $0.statement.until?.isoText },
        ]
        let rest: [Column<ListedStatement>] = [
            .text("masked", "未显示", "kept back", in: .csv) { $0.statement.masked.joined(separator: ";") },
            .text("reason", "原因", "why", in: [.sheet, .csv]) { $0.statement.recorded.reason },
            .text("recorded_by", "记录人", "recorded by", in: [.sheet, .csv]) { $0.statement.recorded.principal },
        ]
        return number + type + ends + term + dates + details + rest
            + Column.instant("recorded_at", "记录时间", "recorded at", in: [.sheet, .csv]) { $0.statement.recorded.at }
    }
}
