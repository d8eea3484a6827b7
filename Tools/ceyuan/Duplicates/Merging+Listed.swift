import DomainModel

extension MergeUndoing: Listed {
    static var listing: [Column<MergeUndoing>] {
        [
            .code("restored", "恢复", "restored") { $0.restored },
            .code("survivor", "存续", "survivor") { $0.survivor },
            .text("statements", "恢复的陈述", "statements said again") { undoing in
                undoing.statements.map(String.init).joined(separator: ";")
            },
            .text("left", "未恢复的陈述", "statements not said again") { undoing in
                undoing.left.map(String.init).joined(separator: ";")
            },
            .text("rehearsal", "预演", "rehearsal") { $0.isRehearsal ? "yes" : nil },
        ]
    }
}

extension PastMerge: Listed {
    static var listing: [Column<PastMerge>] {
        var columns: [Column<PastMerge>] = [
            .code("survivor", "存续", "survivor") { $0.survivor },
            .code("absorbed", "并入", "absorbed") { $0.absorbed },
        ]
        columns += Column.instant("merged_at", "合并时间", "merged at") { $0.merged.at }
        columns += [
            .code("merged_by", "合并人", "by") { $0.merged.principal },
            .text("reason", "原因", "why") { $0.merged.reason },
        ]
        columns += Column.instant("undone_at", "撤销时间", "undone at") { $0.undone?.at }
        columns += [
            .code("undone_by", "撤销人", "undone by") { $0.undone?.principal },
            .text("undone_reason", "撤销原因", "why undone") { $0.undone?.reason },
        ]
        return columns
    }
}

extension MergedField: Listed {
    static var listing: [Column<MergedField>] {
        [
            .code("field", "字段", "field") { $0.field },
            .text(
                "survivor",
                "存续记录",
                "survivor",
                style: { $0.taken == .survivor ? .bold : .dim },
                { $0.spelling($0.survivor) }
            ),
            .text(
                "absorbed",
                "并入记录",
                "absorbed",
                style: { $0.taken == .absorbed ? .bold : .dim },
                { $0.spelling($0.absorbed) }
            ),
            .code("taken", "取值", "taken") { $0.taken?.rawValue ?? "-" },
        ]
    }

    private func spelling(_ value: AttributeValue?) -> String? { isMasked ? RecordSheet.mask : value?.spelling }
}

extension MergedStatement: Listed {
    static var listing: [Column<MergedStatement>] {
        [
            .number("number", "编号", "no.") { $0.statement.number },
            .code("fate", "处理", "becomes", style: { $0.fate == .refused ? .red : nil }, \.fate.rawValue),
            .code("subject", "关于", "about") { $0.statement.subject },
            .code("type", "类型", "type") { $0.statement.type },
            .code("object", "对象", "with") { $0.statement.object },
            .code("term", "类别", "as") { $0.statement.term },
            .number("share", "份额", "share") { $0.statement.share },
            .code("from", "自", "from") { $0.statement.from?.isoText },
            .code("until", "至", "until") { $0.statement.until?.isoText },
            .text("conflicts", "冲突", "in the way") { fate in
                fate.conflicts.map(\.code.rawValue).joined(separator: ";")
            },
        ]
    }
}
