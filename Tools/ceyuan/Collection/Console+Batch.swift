import DomainModel

extension Console {
    /// Prints a batch: its receipt and the first conflicts.
    func show(batch answer: Answer<Batch>) throws {
        let batch = answer.value
        switch format {
        case .json: try write(try JSONText.document(answer.json))
        case .csv:
            try csvHeader(Batch.self)
            try csv([batch])
        case .table:
            var sheet = Sheet()
            if batch.id > 0 { sheet.add(self("批次", "batch"), String(batch.id)) }
            sheet.add(
                self("文件", "file"),
                "\(batch.fileName)  (\(byteCount(batch.bytes)), SHA-256 \(batch.sha256.prefix(12))…)"
            )
            sheet.add(self("报送人", "submitter"), "\(batch.submitter), \(batch.receivedAt.shortDescription)")
            sheet.add(
                self("状态", "state"),
                "\(batch.state.text[language]) (\(batch.state.rawValue))",
                style: batch.state.style
            )
            sheet.add(self("故障", "failure"), batch.failure, style: .red)
            if let receipt = batch.receipt { sheet.add(receipt, rehearsed: batch.state == .rehearsed, for: self) }
            sheet.add(self("回执", "receipt"), batch.receiptDigest)
            sheet.add(self("记录时间", "recorded at"), batch.recordedAt?.description)
            try write(sheet.text(for: self))
            let command = batch.id > 0 ? "ceyuan batch conflicts \(batch.id)" : nil
            try show(conflicts: batch.conflicts, of: batch.receipt, more: command)
        }
    }
}

extension Batch.State {
    /// What it means.
    var text: LocalizedText {
        switch self {
        case .received: LocalizedText(zh: "已接收，等待装载", en: "received, waiting to be loaded")
        case .loading: LocalizedText(zh: "装载中", en: "loading")
        case .committed: LocalizedText(zh: "已入库", en: "loaded")
        case .refused: LocalizedText(zh: "已拒绝，未装载任何行", en: "refused, nothing was loaded")
        case .failed: LocalizedText(zh: "系统故障，未装载任何行", en: "failed by a fault of the system, nothing was loaded")
        case .rehearsed: LocalizedText(zh: "已演练，未写入", en: "rehearsed, nothing was written")
        }
    }
}
