import DomainModel

extension Approval: Listed {
    static var listing: [Column<Approval>] {
        var columns: [Column<Approval>] = [.number("number", "编号", "no.") { $0.number }]
        columns += Column.word("action", "事项", "for") { $0.action }
        columns += Column.word("state", "状态", "state", style: \.state.style) { $0.state }
        columns += [
            .text("records", "记录", "records", in: .list) { $0.shortRecords },
            .text("records", "记录", "records", in: [.sheet, .csv]) { $0.records.joined(separator: ";") },
            .text("reason", "理由", "why") { $0.reason },
            .code("purpose", "目的", "purpose") { $0.export?.purpose },
            .text("recipient", "接收方", "recipient") { $0.export?.recipient },
        ]
        columns += Column.word(
            "statements",
            "陈述类型",
            "statements",
            in: [.list, .sheet],
            code: { $0.export?.statements },
            called: { approval in
                approval.export?.statements.map { type in
                    RecordModel.standard.statement(type)?.label ?? LocalizedText(zh: type, en: type)
                }
            }
        )
        columns += Column.word(
            "fields",
            "字段",
            "fields",
            in: [.sheet, .csv],
            isFlexible: true,
            code: { $0.export?.fields.joined(separator: ";") },
            called: { RecordWords().labels(of: $0.namedFields) }
        )
        columns += [
            .code("format", "格式", "format", in: [.sheet, .csv]) { $0.export?.format.rawValue },
            .number("uncovered", "无依据记录数", "without a ground") { $0.export?.uncovered },
            .text("requested_by", "申请人", "asked by") { $0.requestedBy },
            .text("decided_by", "审批人", "decided by") { $0.decision?.by },
            .text("remark", "审批意见", "remark") { $0.decision?.remark },
        ]
        return columns + Column.instant("requested_at", "申请时间", "asked at") { $0.requestedAt }
            + Column.instant("waits_until", "审批期限", "to be decided by", in: [.sheet, .csv]) { $0.waitsUntil }
            + Column.instant("decided_at", "审批时间", "decided at", in: [.sheet, .csv]) { $0.decision?.at }
            + Column.instant("usable_until", "使用期限", "usable until") { $0.usableUntil }
            + Column.instant("used_at", "使用时间", "used at", in: [.sheet, .csv]) { $0.usedAt }
            + [.code("statements", "陈述类型", "statements", in: .csv) { $0.export?.statements }]
    }
}

extension Approval {
    /// The fields that are taken out; those of statements with the kind in front.
    fileprivate var namedFields: [String] {
        guard let export else { return [] }
        return export.fields.map { field in export.statements.map { "\($0).\(field)" } ?? field }
    }

    /// The first records, and of more than these how many there are.
    fileprivate var shortRecords: String {
        let first = records.prefix(2).joined(separator: ";")
        return records.count > 2 ? "\(first);… (\(records.count))" : first
    }
}

extension Approval.State {
    fileprivate var style: Style? {
        switch self {
        case .waiting: .yellow
        case .approved: .green
        case .refused: .red
        case .withdrawn, .expired, .used: .dim
        }
    }
}
