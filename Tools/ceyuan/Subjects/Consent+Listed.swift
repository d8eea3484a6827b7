import DomainModel

extension Consent: Listed {
    static var listing: [Column<Consent>] {
        var columns: [Column<Consent>] = [
            .number("number", "编号", "no.") { $0.number },
            .code("subject", "关于", "about") { $0.subject },
            .code("purpose", "目的", "purpose") { $0.ground.purpose },
        ]
        columns += Column.word("basis", "依据", "basis") { $0.ground.basis }
        columns += Column.word("form", "形式", "form") { $0.ground.form }
        columns += Column.word(
            "fields",
            "字段",
            "fields",
            isFlexible: true,
            code: { $0.ground.fields.joined(separator: ";") },
            called: { RecordWords().labels(of: $0.ground.fields) }
        )
        columns += Column.word("channel", "渠道", "channel") { $0.ground.channel }
        columns += [
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
        var columns: [Column<ConsentAnswer>] = [
            .code("subject", "关于", "about") { $0.subject },
            .code("purpose", "目的", "purpose") { $0.purpose },
        ]
        columns += Column.word(
            "field",
            "字段",
            "field",
            code: { $0.field },
            called: { answer in answer.field.map { RecordWords().label(of: $0) } }
        )
        columns += Column.flag(
            "is_covered",
            "可否使用",
            "covered",
            style: \.style,
            code: { $0 ? "yes" : "no" },
            \.isCovered
        )
        columns += Column.word(
            "grounds",
            "依据",
            "grounds",
            isFlexible: true,
            code: { answer in
                answer.grounds.map { "\($0.number) \($0.ground.basis.rawValue)" }.joined(separator: "; ")
            },
            called: { answer in
                func line(_ language: Language) -> String {
                    answer.grounds.map { "\($0.number) \($0.ground.basis.title[language])" }.joined(separator: "; ")
                }
                return LocalizedText(zh: line(.zh), en: line(.en))
            }
        )
        columns += Column.word("lack", "所缺", "lacking") { $0.lack }
        return columns + Column.instant("at", "时刻", "at") { $0.at }
    }

    private var style: Style { isCovered ? .green : .red }
}
