import DomainModel

/// A statement in a list, with what its codes are called.
struct ListedStatement: Codable, Sendable {
    let statement: RegistryStatement
    var words = RecordWords()

    init(from decoder: any Decoder) throws { statement = try RegistryStatement(from: decoder) }

    func encode(to encoder: any Encoder) throws { try statement.encode(to: encoder) }

    /// What is declared of its kind.
    private var definition: StatementDefinition? { RecordModel.standard.statement(statement.type) }

    /// The vocabulary of its term.
    var vocabulary: String? { statement.term == nil ? nil : definition?.vocabulary }

    fileprivate var type: LocalizedText { definition?.label ?? LocalizedText(zh: statement.type, en: statement.type) }

    fileprivate var term: LocalizedText {
        LocalizedText(
            zh: words.term(of: statement, definition, .zh),
            en: words.term(of: statement, definition, .en)
        )
    }
}

extension ListedStatement: Listed {
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
        let rest: [Column<ListedStatement>] = [
            .number("share", "份额", "share") { $0.statement.share },
            .code("from", "自", "from") { $0.statement.from?.isoText },
            .code("until", "至", "until") { $0.statement.until?.isoText },
            .text("attributes", "内容", "details") { $0.statement.details },
            .text("masked", "未显示", "kept back") { $0.statement.masked.joined(separator: ";") },
            .text("reason", "原因", "why", in: .csv) { $0.statement.recorded.reason },
            .text("recorded_by", "记录人", "recorded by", in: .csv) { $0.statement.recorded.principal },
        ]
        return number + type + ends + term + rest
            + Column.instant("recorded_at", "记录时间", "recorded at", in: .csv) { $0.statement.recorded.at }
    }
}
