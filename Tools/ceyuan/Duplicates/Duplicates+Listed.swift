import DomainModel

extension DuplicateCandidate {
    /// The probability as people read it; never 100 %.
    var percent: String {
        let tenths = min(999, Int(probability * 1_000))
        return "\(tenths / 10).\(tenths % 10) %"
    }
}

extension DuplicateCandidate: Listed {
    static var listing: [Column<DuplicateCandidate>] {
        var columns: [Column<DuplicateCandidate>] = [
            .number("id", "编号", "no.") { $0.id },
            .code("probability", "可能性", "likely") { $0.percent },
            .code("one", "一", "one") { $0.one.key },
            .text("one_name", "名称", "name") { $0.one.name },
            .code("other", "二", "other") { $0.other.key },
            .text("other_name", "名称", "name") { $0.other.name },
        ]
        columns += Column.word("state", "状态", "state") { $0.state }
        columns += [
            .text("reasons", "理由", "why", in: [.csv]) { pair in
                pair.reasons.map { "\($0.feature)=\($0.level)" }.joined(separator: ";")
            },
            .code("decided_by", "判定人", "decided by", in: [.sheet, .csv]) { $0.decision?.principal },
            .text("reason", "判定理由", "because", in: [.sheet, .csv]) { $0.decision?.reason },
        ]
        columns += Column.instant("found_at", "发现时间", "found at", in: [.sheet, .csv]) { $0.foundAt }
        return columns
    }
}

extension DuplicateSearch: Listed {
    static var listing: [Column<DuplicateSearch>] {
        var columns: [Column<DuplicateSearch>] = [.number("id", "编号", "no.") { $0.id }]
        columns += Column.word("kind", "类型", "kind") { $0.kind }
        columns += [
            .number("records", "记录数", "records") { $0.records },
            .number("refreshed", "新近变更", "changed since") { $0.refreshed },
            .number("pairs", "比对数", "pairs compared") { $0.pairs },
            .number("candidates", "候选数", "candidates") { $0.candidates },
            .number("skipped_keys", "跳过的键", "keys skipped") { $0.skippedKeys },
            .number("largest_skipped", "最大跳过块", "largest skipped") { $0.largestSkipped },
        ]
        return columns
    }
}

extension DuplicateCandidate.State: Titled {
    var title: LocalizedText {
        switch self {
        case .open: LocalizedText(zh: "待判定", en: "open")
        case .later: LocalizedText(zh: "稍后再看", en: "later")
        case .different: LocalizedText(zh: "不是同一个", en: "different")
        case .merged: LocalizedText(zh: "已合并", en: "merged")
        }
    }
}
