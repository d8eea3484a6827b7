import DomainModel

extension Console {
    /// Prints an assessment: what was judged, the findings, and how many there are of each status.
    func show(assessment answer: Answer<Assessment>, summaryOnly: Bool = false) throws {
        let assessment = answer.value
        switch format {
        case .json: try write(try JSONText.document(answer.json))
        case .csv:
            try csvHeader(Finding.self)
            try csv(assessment.findings)
        case .table where summaryOnly:
            try line(
                "\(assessment.plan.name[language])  \(assessment.period)  [\(self("评估", "assessment")) \(assessment.id)]"
            )
            try line("  " + summary(assessment.findings))
        case .table:
            var sheet = Sheet()
            sheet.add(self("评估", "assessment"), String(assessment.id))
            sheet.add(self("规划", "plan"), "\(assessment.plan.name[language]) (\(assessment.plan.code))")
            sheet.add(self("时期", "period"), assessment.period.description)
            sheet.add(self("数据截至", "data as of"), assessment.asOf.description)
            sheet.add(self("方法", "method"), assessment.method)
            try write(sheet.text(for: self))
            try line()
            try table(assessment.findings)
            try line()
            try line(summary(assessment.findings))
        }
    }

    /// `32 targets: 20 achieved, 5 not achieved, 7 cannot be judged`
    private func summary(_ findings: [Finding]) -> String {
        let counts = AssessmentStatus.allCases.compactMap { status -> String? in
            let count = findings.count { $0.status == status }
            return count == 0 ? nil : styled("\(count) \(status.text[language])", status.style)
        }
        return self("共 \(findings.count) 项目标：", "\(findings.count) targets: ")
            + counts.joined(separator: self("，", ", "))
    }
}
