import DomainModel

extension RegistryStatement: Listed {
    static var listing: [Column<RegistryStatement>] {
        let columns: [Column<RegistryStatement>] = [
            .number("number", "编号", "no.") { $0.number },
            .code("type", "类型", "type") { $0.type },
            .code("subject", "关于", "about") { $0.subject },
            .code("object", "对象", "with") { $0.object },
            .code("term", "类别", "as") { $0.term },
            .number("share", "份额", "share") { $0.share },
            .code("from", "自", "from") { $0.from?.isoText },
            .code("until", "至", "until") { $0.until?.isoText },
            .text("attributes", "内容", "details", \.details),
            .text("masked", "未显示", "kept back") { $0.masked.joined(separator: ";") },
            .text("reason", "原因", "why", in: [.sheet, .csv]) { $0.recorded.reason },
            .text("recorded_by", "记录人", "recorded by", in: [.sheet, .csv]) { $0.recorded.principal },
        ]
        return columns
            + Column.instant("recorded_at", "记录时间", "recorded at", in: [.sheet, .csv]) { $0.recorded.at }
    }
}

extension RegistryStatement {
    /// What else it says: `position=研究员; grade=2`.
    var details: String {
        attributes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.spelling)" }.joined(separator: "; ")
    }
}
