import DomainModel
import HTTPTypes
import ServiceKit

/// Problems of records that are one.
extension ProblemCode {
    /// Another record has taken this one up.
    static let recordMerged = ProblemCode(
        "RECORD_MERGED",
        308,
        en: "The record is part of another one",
        zh: "记录已并入另一记录",
        hint:
            "Follow the header field Location, or ask for “successor”; with asOf, what was believed before is answered.",
        hintZh: "请按 Location 头转到后继记录，或查询 successor 所给的键；用 asOf 可查阅合并前的内容。",
        cause: LocalizedText(
            zh: "记录已合并；成员 successor 给出现行记录的键。合并可以撤销，故不应缓存。",
            en:
                "The record was merged; the member `successor` has the key of the one that goes on. A merge can be undone: the answer is not to be kept."
        ),
        example: LocalizedText(zh: "记录 T-9 已并入 T-7。", en: "The record T-9 is part of T-7.")
    )
    /// Two records cannot become one as they are.
    static let mergeRefused = ProblemCode(
        "MERGE_REFUSED",
        409,
        en: "The records cannot be merged as they are",
        zh: "记录无法如此合并",
        hint: "End, correct or drop what “conflicts” lists, and rehearse again.",
        hintZh: "请终止、更正或舍弃 conflicts 所列陈述后再次预演。",
        cause: LocalizedText(
            zh: "两条记录的陈述在同日相互冲突、份额合计过一，或指向已不再保留的记录；成员 conflicts 逐一列出，merge 给出全部方案。",
            en:
                "Statements of both clash on some day, shares add up to over one, or a relation leads to what is no longer kept; the member `conflicts` lists each, `merge` has the whole plan."
        ),
        example: LocalizedText(
            zh: "T-9 无法并入 T-7：有 1 处冲突。",
            en: "T-9 cannot be merged into T-7: there is 1 conflict."
        )
    )
    /// Records of two kinds, or one and itself.
    static let mergeUnlike = ProblemCode(
        "MERGE_UNLIKE",
        422,
        en: "The records cannot be one",
        zh: "两条记录不可能是同一对象",
        hint: "Name two records of one kind.",
        hintZh: "请给出同一类型的两条不同记录。",
        cause: LocalizedText(
            zh: "两条记录类型不同，或为同一条记录。",
            en: "The records are of two kinds, or one and the same."
        ),
        example: LocalizedText(zh: "T-9 是人才，E-7 是企业。", en: "T-9 is a talent, E-7 is an enterprise.")
    )
    /// Later changes rest on a merge.
    static let mergeNotUndoable = ProblemCode(
        "MERGE_NOT_UNDOABLE",
        409,
        en: "Later changes rest on the merge",
        zh: "合并之后的变更有赖于该合并",
        hint: "Take back or correct what “reasons” lists first.",
        hintZh: "请先撤回或更正 reasons 所列各项。",
        cause: LocalizedText(
            zh: "合并后又更改了其所改的字段或陈述，或存续记录已再次合并、撤回；成员 reasons 逐一列出。",
            en:
                "What the merge changed was changed again, or the surviving record was itself merged or withdrawn; the member `reasons` lists each."
        ),
        example: LocalizedText(zh: "T-9 的合并无法撤销：有 2 项原因。", en: "The merge of T-9 cannot be undone: 2 reasons.")
    )
}

extension Problem {
    /// The record is part of another one, where the same question is answered.
    static func merged(_ key: String, into successor: String, asked request: APIRequest) -> Problem {
        var problem = Problem(
            .recordMerged,
            "The record \(key) is part of \(successor).",
            zh: "记录 \(key) 已并入 \(successor)。"
        )
        .with("successor", successor)
        let parts = request.target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var path = parts[0].split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let place = request.route.path.split(separator: "/", omittingEmptySubsequences: false).firstIndex(of: "{key}")
        // Keys are made of letters, digits, dots, underscores and hyphens: none needs an escape.
        if let place, place < path.count { path[place] = successor }
        problem.headers[.location] = ([path.joined(separator: "/")] + parts.dropFirst().map(String.init))
            .joined(separator: "?")
        return problem
    }

    /// What is in the way of a merge.
    static func refused(_ merge: RecordMerge) -> Problem {
        let count = merge.conflicts.count
        return Problem(
            .mergeRefused,
            "\(merge.absorbed) cannot be merged into \(merge.survivor): there \(count == 1 ? "is 1 conflict" : "are \(count) conflicts").",
            zh: "\(merge.absorbed) 无法并入 \(merge.survivor)：有 \(count) 处冲突。"
        )
        .with("conflicts", merge.conflicts)
        .with("merge", merge)
    }

    /// What rests on a merge that is to be undone.
    static func notUndoable(_ key: String, _ reasons: [LocalizedText]) -> Problem {
        Problem(
            .mergeNotUndoable,
            "The merge of \(key) cannot be undone: \(reasons.count == 1 ? "1 reason" : "\(reasons.count) reasons").",
            zh: "\(key) 的合并无法撤销：有 \(reasons.count) 项原因。"
        )
        .with("reasons", reasons)
    }
}
