import DomainModel

/// What was said under a number at some time, with who said it and who took it back.
struct SaidStatement: Codable, Sendable {
    let statement: RegistryStatement
    var words = RecordWords()

    init(from decoder: any Decoder) throws { statement = try RegistryStatement(from: decoder) }

    func encode(to encoder: any Encoder) throws { try statement.encode(to: encoder) }

    private var listed: ListedStatement { ListedStatement(statement, words: words) }
}

extension SaidStatement: WordedRow {
    var vocabularies: Set<String> { listed.vocabularies }
    var namesRegion: Bool { listed.namesRegion }

    static var listing: [Column<SaidStatement>] {
        var columns = Column<SaidStatement>.instant("recorded_at", "记录时间", "recorded at") { $0.statement.recorded.at }
        columns += [
            .text("recorded_by", "记录人", "by") { $0.statement.recorded.principal },
            .number("number", "编号", "no.", in: .csv) { $0.statement.number },
        ]
        columns += Column.word("type", "类型", "type", code: { $0.statement.type }, called: { $0.listed.type })
        columns += [
            .code("subject", "关于", "about") { $0.statement.subject },
            .code("object", "对象", "with") { $0.statement.object },
        ]
        columns += Column.word("term", "类别", "as", code: { $0.statement.term }, called: { $0.listed.term })
        columns += [
            .number("share", "份额", "share") { $0.statement.share },
            .code("from", "自", "from") { $0.statement.from?.isoText },
            .code("until", "至", "until") { $0.statement.until?.isoText },
        ]
        columns += Column.word(
            "attributes",
            "内容",
            "details",
            isFlexible: true,
            code: { $0.statement.details },
            called: { $0.listed.details }
        )
        columns += [
            .text("masked", "未显示", "kept back", in: .csv) { $0.statement.masked.joined(separator: ";") },
            .text("reason", "原因", "why") { $0.statement.recorded.reason },
            .text("source", "出处", "source") { $0.statement.recorded.source.map { "\($0.file) \($0.locator)" } },
            .number("batch", "批次", "batch") { $0.statement.recorded.batch },
        ]
        columns += Column.instant("ended_at", "不再有效于", "no longer since") { $0.statement.ended?.at }
        columns += [
            .text("ended_by", "由", "ended by") { $0.statement.ended?.principal },
            .text("ended_reason", "因", "because") { $0.statement.ended?.reason },
        ]
        return columns
    }
}
