import DomainModel

extension SubjectRequest: Listed {
    static var listing: [Column<SubjectRequest>] {
        [
            .number("number", "编号", "no.") { $0.number },
            .code("subject", "关于", "about") { $0.subject },
            .code("kind", "请求", "asks to") { $0.kind.rawValue },
            .code("lodger", "请求人", "asked by") { $0.lodger.rawValue },
            .code("channel", "渠道", "channel", in: [.sheet, .csv]) { $0.channel.rawValue },
            .text("note", "说明", "note", in: [.sheet, .csv]) { $0.note },
            .code("received_on", "收到日期", "received") { $0.receivedOn.isoText },
            .code("due_on", "答复期限", "due", style: \.style) { $0.dueOn.isoText },
            .code("state", "状态", "state") { $0.state.rawValue },
            .code("overdue", "逾期", "overdue", style: \.style) { $0.isOverdue ? "yes" : nil },
            .text("steps", "办理过程", "steps", in: [.sheet, .csv]) { request in
                request.steps.map { step in
                    let remark = step.remark.map { " (\($0))" } ?? ""
                    return "\(step.at.shortDescription) \(step.state.rawValue) \(step.by)\(remark)"
                }
                .joined(separator: "; ")
            },
        ]
    }

    private var style: Style? { isOverdue ? .red : nil }
}
