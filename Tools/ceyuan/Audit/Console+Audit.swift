import AuditTrail
import DomainModel

extension Console {
    /// What a verification gives to programs.
    private struct Verification: Encodable {
        let trail: TrailReport
        let records: [RecordComparison]?
    }

    /// Prints what came of verifying a trail, and of comparing records with it.
    func show(_ outcome: TrailFile.Outcome, _ comparisons: [RecordComparison]) throws {
        let report = outcome.report
        switch format {
        case .json:
            try write(
                try JSONText.document(Verification(trail: report, records: comparisons.isEmpty ? nil : comparisons))
            )
        case .csv: try list(report.faults.map(FaultRow.init) + comparisons.flatMap(FaultRow.rows))
        case .table:
            try summary(of: outcome)
            for comparison in comparisons {
                let verdict = comparison.isIntact ? self("与审计一致", "as the trail says") : "\(comparison.faultCount)"
                let text = comparison.isIntact ? verdict : self("\(verdict) 条不符", "\(verdict) differ")
                try line(
                    styled("\(comparison.kind): \(comparison.records), \(text)", comparison.isIntact ? nil : .red)
                )
            }
            let rows = report.faults.map(FaultRow.init) + comparisons.flatMap(FaultRow.rows)
            if !rows.isEmpty {
                try line()
                try table(rows)
            }
            let hidden = report.faultCount - Int64(report.faults.count)
            if hidden > 0 { remark(self("另有 \(hidden) 处在其后。", "\(hidden) more behind these.")) }
        }
        if outcome.isKeyFromTrail, format == .table {
            remark(
                self(
                    "签名按审计链自带的公钥核验；请用 --public-key 指明您自己保存的公钥。",
                    "Signatures were verified with the key that the trail itself names; bring your own with --public-key."
                )
            )
        }
    }

    private func summary(of outcome: TrailFile.Outcome) throws {
        let report = outcome.report
        let verdict =
            report.isIntact
            ? styled(self("审计链完整", "the trail is whole"), .green)
            : styled(self("审计链已损坏：\(report.faultCount) 处", "the trail is broken: \(report.faultCount) faults"), .red)
        var sheet = Sheet()
        sheet.add(self("结论", "verdict"), verdict)
        sheet.add(
            self("事件", "events"),
            self("\(report.events)，\(report.chains) 条链", "\(report.events) in \(report.chains) chains")
        )
        let signed = report.signedAt.map {
            self("，最近 \($0.shortDescription)", ", the newest of \($0.shortDescription)")
        }
        sheet.add(self("检查点", "checkpoints"), "\(report.checkpoints)\(signed ?? "")")
        sheet.add(self("尚未签名", "not signed yet"), self("\(report.unsigned) 个事件", "\(report.unsigned) events"))
        let keys = report.keys.map(\.description).joined(separator: " ")
        sheet.add(self("公钥指纹", "key"), keys.isEmpty ? self("无：签名未核验", "none: signatures were not verified") : keys)
        try write(sheet.text(for: self))
    }
}

/// One fault as a row.
private struct FaultRow: Listed {
    var fault: String
    var place: String?
    var expected: String?
    var found: String?
    var at: Instant?
    var principal: String?

    init(_ fault: TrailFault) {
        self.fault = fault.kind.rawValue
        if let chain = fault.chain {
            place = "\(chain)-\(fault.sequence ?? 0)"
        } else if let checkpoint = fault.checkpoint {
            place = "checkpoint \(checkpoint)"
        } else {
            place = fault.line.map { "line \($0)" }
        }
        expected = fault.expected
        found = fault.found
        at = fault.at
        principal = fault.principal
    }

    init(_ fault: RecordFault, of kind: String) {
        self.fault = fault.kind.rawValue
        place = "\(kind)/\(fault.key)"
        expected = fault.expected?.description
        found = fault.found?.description
        at = fault.at
        principal = fault.principal
    }

    static func rows(_ comparison: RecordComparison) -> [FaultRow] {
        comparison.faults.map { FaultRow($0, of: comparison.kind) }
    }

    static var listing: [Column<FaultRow>] {
        [
            .code("fault", "问题", "fault", style: { _ in .red }, \.fault),
            .code("place", "位置", "place") { $0.place },
            .text("expected", "应为", "expected") { $0.expected },
            .text("found", "实为", "found") { $0.found },
            .text("principal", "主体", "principal") { $0.principal },
        ] + Column.instant("at", "时间", "at") { $0.at }
    }
}
