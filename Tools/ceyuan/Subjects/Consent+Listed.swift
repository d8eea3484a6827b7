import DomainModel

extension Consent: Listed {
    static var listing: [Column<Consent>] {
        let columns: [Column<Consent>] = [
            .number("number", "编号", "no.") { $0.number },
            .code("subject", "关于", "about") { $0.subject },
            .code("purpose", "目的", "purpose") { $0.ground.purpose },
            .code("basis", "依据", "basis") { $0.ground.basis.rawValue },
            .code("form", "形式", "form") { $0.ground.form?.rawValue },
            .text("fields", "字段", "fields") { $0.ground.fields.joined(separator: ";") },
            .code("channel", "渠道", "channel") { $0.ground.channel.rawValue },
            .text("document", "证明", "document") { $0.ground.evidence?.document },
            .code("sha256", "SHA-256", "SHA-256", in: [.sheet, .csv]) { $0.ground.evidence?.sha256 },
            .text("note", "说明", "note", in: [.sheet, .csv]) { $0.ground.note },
            .text("recorded_by", "登记人", "recorded by", in: [.sheet, .csv]) { $0.recordedBy },
            .text("withdrawn_by", "终止登记人", "end recorded by", in: [.sheet, .csv]) { $0.withdrawal?.recordedBy },
            .text("withdrawal_document", "终止证明", "end document", in: [.sheet, .csv]) {
                $0.withdrawal?.evidence?.document
            },
        ]
        return columns + Column.instant("given_at", "自", "since") { $0.ground.givenAt }
            + Column.instant("until", "至", "until") { $0.ground.until }
            + Column.instant("withdrawn_at", "终止于", "ended") { $0.withdrawal?.at }
            + Column.instant("recorded_at", "登记时间", "recorded at", in: [.sheet, .csv]) { $0.recordedAt }
    }
}

extension ConsentAnswer: Listed {
    static var listing: [Column<ConsentAnswer>] {
        let columns: [Column<ConsentAnswer>] = [
            .code("subject", "关于", "about") { $0.subject },
            .code("purpose", "目的", "purpose") { $0.purpose },
            .code("field", "字段", "field") { $0.field },
            .code("is_covered", "可否使用", "covered", style: \.style) { $0.isCovered ? "yes" : "no" },
            .text("grounds", "依据", "grounds") { answer in
                answer.grounds.map { "\($0.number) \($0.ground.basis.rawValue)" }.joined(separator: "; ")
            },
            .code("lack", "所缺", "lacking") { $0.lack?.rawValue },
        ]
        return columns + Column.instant("at", "时刻", "at") { $0.at }
    }

    private var style: Style { isCovered ? .green : .red }
}
