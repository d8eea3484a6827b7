import DomainModel

/// What was said under a number at some time, with who said it and who took it back.
struct SaidStatement: Codable, Sendable {
    let statement: RegistryStatement

    init(from decoder: any Decoder) throws { statement = try RegistryStatement(from: decoder) }

    func encode(to encoder: any Encoder) throws { try statement.encode(to: encoder) }
}

extension SaidStatement: Listed {
    static var listing: [Column<SaidStatement>] {
        Column.instant("recorded_at", "记录时间", "recorded at") { $0.statement.recorded.at } + [
            .text("recorded_by", "记录人", "by") { $0.statement.recorded.principal },
            .number("number", "编号", "no.", in: .csv) { $0.statement.number },
            .code("type", "类型", "type") { $0.statement.type },
            .code("subject", "关于", "about") { $0.statement.subject },
            .code("object", "对象", "with") { $0.statement.object },
            .code("term", "类别", "as") { $0.statement.term },
            .number("share", "份额", "share") { $0.statement.share },
            .code("from", "自", "from") { $0.statement.from?.isoText },
            .code("until", "至", "until") { $0.statement.until?.isoText },
            .text("attributes", "内容", "details") { $0.statement.details },
            .text("masked", "未显示", "kept back") { $0.statement.masked.joined(separator: ";") },
            .text("reason", "原因", "why") { $0.statement.recorded.reason },
            .text("source", "出处", "source") { $0.statement.recorded.source.map { "\($0.file) \($0.locator)" } },
            .number("batch", "批次", "batch") { $0.statement.recorded.batch },
        ] + Column.instant("ended_at", "不再有效于", "no longer since") { $0.statement.ended?.at } + [
            .text("ended_by", "由", "ended by") { $0.statement.ended?.principal },
            .text("ended_reason", "因", "because") { $0.statement.ended?.reason },
        ]
    }
}
