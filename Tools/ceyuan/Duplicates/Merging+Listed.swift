import DomainModel

extension MergeUndoing: Listed {
    static var listing: [Column<MergeUndoing>] {
        let columns: [Column<MergeUndoing>] = [
            .code("restored", "恢复", "restored") { $0.restored },
            .code("survivor", "存续", "survivor") { $0.survivor },
            .text("statements", "恢复的陈述", "statements said again") { undoing in
                undoing.statements.map(String.init).joined(separator: ";")
            },
            .text("left", "未恢复的陈述", "statements not said again") { undoing in
                undoing.left.map(String.init).joined(separator: ";")
            },
        ]
        return columns + Column.flag("rehearsal", "预演", "rehearsal", code: { $0 ? "yes" : nil }, \.isRehearsal)
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
