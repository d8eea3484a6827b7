import DomainModel
import ReportDocument

/// The counts of judgements by domain, the binding targets apart.
struct Scoreboard {
    private let matter: ReportMatter
    private let statuses: [AssessmentStatus]

    init(_ matter: ReportMatter, _ template: ReportTemplate) {
        self.matter = matter
        let usual: [AssessmentStatus] =
            switch template {
            case .endOfPlan: [.achieved, .notAchieved, .cannotBeJudged]
            case .planState: [.ahead, .onSchedule, .behind, .cannotBeJudged]
            }
        statuses = AssessmentStatus.allCases.filter { usual.contains($0) || !matter.lines($0).isEmpty }
    }

    var blocks: [Block] {
        let say = matter.say
        var columns = [
            Table.Column(say("领域", "Domain")), Table.Column(say("指标数", "Targets"), .end),
        ]
        columns += statuses.map { Table.Column(StatusText.text($0, matter.language), .end) }
        columns.append(Table.Column(say("其中约束性", "Of them binding"), .end))
        columns += statuses.map { status in
            let word = StatusText.text(status, matter.language)
            return Table.Column(say("约束性·\(word)", "Binding: \(word.lowercased())"), .end)
        }
        let rows = matter.domains.map { domain in
            row(DomainText.text(domain, matter.language), matter.lines.filter { $0.indicator.domain == domain })
        }
        return [
            .heading(Heading(say("分领域情况", "By domain"), anchor: "domains")),
            .table(
                Table(
                    caption: say("各领域指标的评估结论（项数）", "Judgements by domain (number of targets)"),
                    columns: columns,
                    sections: [Table.Section(rows + [row(say("合计", "Total"), matter.lines, isTotal: true)])]
                )
            ),
        ]
    }

    private func row(_ title: String, _ lines: [ReportLine], isTotal: Bool = false) -> Table.Row {
        let binding = lines.filter(\.isBinding)
        var counts = [lines.count] + statuses.map { status in lines.count { $0.finding.status == status } }
        counts.append(binding.count)
        counts += statuses.map { status in binding.count { $0.finding.status == status } }
        let cells: [[Inline]] = counts.map { count in
            let text = count == 0 ? "–" : String(count)
            return [isTotal ? .strong(text) : .text(text)]
        }
        return Table.Row([[isTotal ? .strong(title) : .text(title)]] + cells)
    }
}
