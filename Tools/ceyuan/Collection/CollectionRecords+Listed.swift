import DomainModel

extension Receipt: Listed {
    static var listing: [Column<Receipt>] {
        [
            .text("dataset", "数据集", "dataset") { $0.dataset },
            .text("sha256", "SHA-256", "SHA-256", in: [.sheet, .csv]) { $0.sha256 },
            .text("mode", "方式", "mode") { $0.mode.rawValue },
            .text("outcome", "结果", "outcome") { $0.outcome.rawValue },
            .number("rows", "行数", "rows") { $0.rows },
            .number("created", "新增", "created") { $0.created },
            .number("revised", "修订", "revised") { $0.revised },
            .number("unchanged", "未变", "unchanged") { $0.unchanged },
            .number("duplicates", "重复", "duplicates") { $0.duplicates },
            .number("rejected", "拒绝", "rejected") { $0.rejected },
            .text("conflicts_digest", "冲突摘要", "conflicts digest", in: [.sheet, .csv]) { $0.conflictsDigest },
        ]
    }
}

extension Conflict: Listed {
    static var listing: [Column<Conflict>] {
        [
            .text("severity", "级别", "severity", in: [.sheet, .csv]) { $0.severity.rawValue },
            .number("line", "行", "line") { $0.line },
            .code("cell", "单元格", "cell") { $0.cell },
            .text("field", "列", "field") { $0.field },
            .code("code", "代码", "code", style: { $0.severity == .error ? .red : .yellow }, \.code.rawValue),
            Column(
                name: "given",
                title: LocalizedText(zh: "所给", en: "given"),
                isNumeric: false,
                isFlexible: true,
                places: [.list, .sheet],
                style: nil,
                text: { conflict, language in conflict.erased?.text[language] ?? conflict.given ?? "" }
            ),
            .text("given", "所给", "given", in: .csv) { $0.given },
        ]
            + Column.localized("message", "问题", "problem", in: [.sheet, .csv]) { $0.message }
            + Column.localized("expected", "应为", "expected") { $0.expected }
            + [
                .text("nearest", "相近", "nearest") { $0.nearest.joined(separator: ", ") },
                .text("indicator", "指标", "indicator", in: [.sheet, .csv]) { $0.key?.indicator },
                .text("region", "地区", "region", in: [.sheet, .csv]) { $0.key?.region },
                .code("period", "时期", "period", in: [.sheet, .csv]) { $0.key?.period },
            ]
    }
}

extension Conflict.Erased {
    /// What stands in the place of the value.
    fileprivate var text: LocalizedText {
        LocalizedText(
            zh: "已于 \(at.shortDescription) 依批准 \(approval) 删除",
            en: "erased \(at.shortDescription), approval \(approval)"
        )
    }
}

extension Batch: Listed {
    static var listing: [Column<Batch>] {
        var columns: [Column<Batch>] = [
            .number("id", "批次", "batch") { $0.id },
            .text("dataset", "数据集", "dataset") { $0.dataset },
            .text("file_name", "文件", "file") { $0.fileName },
        ]
        columns += Column.word("state", "状态", "state", style: \.state.style) { $0.state }
        columns += [
            .text("mode", "方式", "mode", in: [.sheet, .csv]) { $0.mode.rawValue },
            .text("outcome", "结果", "outcome", in: [.sheet, .csv]) { $0.receipt?.outcome.rawValue },
            .number("rows", "行数", "rows") { $0.receipt?.rows ?? $0.rowsRead },
            .number("created", "新增", "created") { $0.receipt?.created },
            .number("revised", "修订", "revised") { $0.receipt?.revised },
            .number("unchanged", "未变", "unchanged", in: [.sheet, .csv]) { $0.receipt?.unchanged },
            .number("duplicates", "重复", "duplicates", in: [.sheet, .csv]) { $0.receipt?.duplicates },
            .number("rejected", "拒绝", "rejected") { $0.receipt?.rejected },
            .text("submitter", "报送人", "submitter", in: [.sheet, .csv]) { $0.submitter },
            .number("bytes", "字节", "bytes", in: [.sheet, .csv]) { $0.bytes },
            .text("sha256", "SHA-256", "SHA-256", in: [.sheet, .csv]) { $0.sha256 },
            .text("receipt", "回执", "receipt", in: [.sheet, .csv]) { $0.receiptDigest },
            .text("failure", "故障", "failure", in: [.sheet, .csv]) { $0.failure },
        ]
        return columns + Column.instant("received_at", "收到时间", "received at") { $0.receivedAt }
            + Column.instant("recorded_at", "记录时间", "recorded at", in: [.sheet, .csv]) { $0.recordedAt }
    }
}

extension Batch.State: Titled {
    var title: LocalizedText {
        switch self {
        case .received: LocalizedText(zh: "已接收", en: "received")
        case .loading: LocalizedText(zh: "装载中", en: "loading")
        case .committed: LocalizedText(zh: "已入库", en: "committed")
        case .refused: LocalizedText(zh: "已拒绝", en: "refused")
        case .failed: LocalizedText(zh: "故障", en: "failed")
        case .rehearsed: LocalizedText(zh: "已演练", en: "rehearsed")
        }
    }

    var style: Style? {
        switch self {
        case .committed: .green
        case .refused, .failed: .red
        case .received, .loading: .yellow
        case .rehearsed: .cyan
        }
    }
}

extension Observation: Listed {
    static var listing: [Column<Observation>] {
        [
            .code("lineage", "溯源码", "lineage") { $0.lineage },
            .text("indicator", "指标", "indicator") { $0.indicator },
            .text("region", "地区", "region") { $0.region },
            .code("period", "时期", "period") { $0.period.description },
            .number("revision", "版次", "rev") { $0.revision },
            .text("comparator", "比较", "comparator", in: [.sheet, .csv]) { $0.comparator.rawValue },
            .number("value", "数值", "value") { $0.value },
            .text("printed", "原文", "printed") { $0.printed },
            .text("cumulative", "累计", "cumulative", in: [.sheet, .csv]) { $0.isCumulative ? "true" : "false" },
            .code("status", "状态", "status", in: [.sheet, .csv]) { $0.status.rawValue },
            .number("batch", "批次", "batch") { $0.batch },
            .number("line", "行", "line") { $0.line },
            .text("note", "注", "note", in: [.sheet, .csv]) { $0.note },
        ]
            + Column.instant("recorded_at", "记录时间", "recorded at") { $0.recordedAt }
    }
}
