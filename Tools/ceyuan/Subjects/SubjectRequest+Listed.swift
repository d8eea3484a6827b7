import DomainModel

extension SubjectRequest: Listed {
    static var listing: [Column<SubjectRequest>] {
        var columns: [Column<SubjectRequest>] = [
            .number("number", "编号", "no.") { $0.number },
            .code("subject", "关于", "about") { $0.subject },
        ]
        columns += Column.word("kind", "请求", "asks to") { $0.kind }
        columns += Column.word("lodger", "请求人", "asked by") { $0.lodger }
        columns += Column.word("channel", "渠道", "channel", in: [.sheet, .csv]) { $0.channel }
        columns += [
            .text("note", "说明", "note", in: [.sheet, .csv]) { $0.note },
            .code("received_on", "收到日期", "received") { $0.receivedOn.isoText },
            .code("due_on", "答复期限", "due", style: \.style) { $0.dueOn.isoText },
        ]
        columns += Column.word("state", "状态", "state") { $0.state }
        columns += Column.flag("overdue", "逾期", "overdue", style: \.style, code: { $0 ? "yes" : nil }, \.isOverdue)
        columns += Column.word(
            "steps",
            "办理过程",
            "steps",
            in: [.sheet, .csv],
            isFlexible: true,
            code: { $0.line(\.rawValue) },
            called: { LocalizedText(zh: $0.line(\.title.zh), en: $0.line(\.title.en)) }
        )
        return columns
    }

    private func line(_ word: (State) -> String) -> String {
        steps.map { step in
            let remark = step.remark.map { " (\($0))" } ?? ""
            return "\(step.at.shortDescription) \(word(step.state)) \(step.by)\(remark)"
        }
        .joined(separator: "; ")
    }

    private var style: Style? { isOverdue ? .red : nil }
}
