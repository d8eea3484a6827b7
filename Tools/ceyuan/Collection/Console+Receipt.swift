import DomainModel

extension Console {
    /// Prints the first conflicts as a table, how many more there are, and the command that lists them all.
    func show(conflicts: [Conflict], of receipt: Receipt?, more command: String?) throws {
        guard !conflicts.isEmpty else { return }
        try line()
        try table(conflicts)
        let total = receipt.map { $0.conflicts.reduce(0) { $0 + $1.count } } ?? Int64(conflicts.count)
        let left = total - Int64(conflicts.count)
        if left > 0 {
            let pointer = command.map { self("：", ": ") + $0 } ?? ""
            try line(self("另有 \(grouped(left)) 条", "\(grouped(left)) more") + pointer)
        }
    }
}

extension Sheet {
    /// Adds what a receipt counts.
    mutating func add(_ receipt: Receipt, rehearsed: Bool, for console: Console) {
        add(console("数据集", "dataset"), receipt.dataset)
        let outcome = receipt.outcome.text[console.language]
        let remark = rehearsed ? console("（演练，未写入）", " (rehearsal: nothing was written)") : ""
        add(console("结果", "outcome"), outcome + remark, style: receipt.outcome.style)
        let counts: [(String, Int64)] = [
            (console("行数", "rows"), receipt.rows), (console("新增", "created"), receipt.created),
            (console("修订", "revised"), receipt.revised), (console("未变", "unchanged"), receipt.unchanged),
            (console("重复", "duplicates"), receipt.duplicates), (console("拒绝", "rejected"), receipt.rejected),
        ]
        add(console("计数", "counts"), counts.map { "\($0.0) \(grouped($0.1))" }.joined(separator: "  "))
        for conflict in receipt.conflicts {
            let code = conflict.code
            add(
                code.severity == .error ? console("错误", "errors") : console("提醒", "warnings"),
                "\(grouped(conflict.count)) × \(code.rawValue)  \(code.message[console.language])",
                style: code.severity == .error ? .red : .yellow
            )
        }
    }
}

extension Receipt.Outcome {
    /// What it means.
    var text: LocalizedText {
        switch self {
        case .accepted: LocalizedText(zh: "全部接收", en: "accepted")
        case .acceptedInPart: LocalizedText(zh: "部分接收", en: "accepted in part")
        case .refused: LocalizedText(zh: "全部拒绝", en: "refused")
        }
    }

    fileprivate var style: Style {
        switch self {
        case .accepted: .green
        case .acceptedInPart: .yellow
        case .refused: .red
        }
    }
}
