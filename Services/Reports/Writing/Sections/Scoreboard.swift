import DomainModel
import ReportDocument

/// The counts of judgements by domain, the binding targets apart.
struct Scoreboard {
    /// A column: what is counted.
    private struct Count {
        let title: String
        let isCounted: (ReportLine) -> Bool
    }

    private let matter: ReportMatter
    private let counts: [Count]

    init(_ matter: ReportMatter, _ template: ReportTemplate) {
        self.matter = matter
        let say = matter.say
        let usual: [AssessmentStatus] =
            switch template {
            case .endOfPlan: [.achieved, .notAchieved, .cannotBeJudged]
            case .planState: [.ahead, .onSchedule, .behind, .cannotBeJudged]
            }
        let statuses = AssessmentStatus.allCases.filter { usual.contains($0) || !matter.lines($0).isEmpty }
        var counts = [Count(title: say("指标数", "Targets")) { _ in true }]
        if template == .planState {
            counts.append(Count(title: say("有目标值", "With a number")) { $0.target.value != nil })
            counts.append(Count(title: say("有观测值", "With a value")) { $0.finding.actual?.value != nil })
        }
        counts += statuses.map { status in
            Count(title: StatusText.short(status, matter.language)) { $0.finding.status == status }
        }
        guard matter.lines.contains(where: \.isBinding) else {
            self.counts = counts
            return
        }
        counts.append(Count(title: say("其中约束性", "Of them binding"), isCounted: \.isBinding))
        let apart = template == .endOfPlan ? statuses : [.behind]
        counts += apart.map { status in
            let word = StatusText.short(status, matter.language)
            return Count(title: say("约束性 \(word)", "Binding: \(word.lowercased())")) {
                $0.isBinding && $0.finding.status == status
            }
        }
        self.counts = counts
    }

    var blocks: [Block] {
        let say = matter.say
        let rows = matter.domains.map { domain in
            row(DomainText.text(domain, matter.language), matter.lines.filter { $0.indicator.domain == domain })
        }
        return [
            .heading(Heading(say("分领域情况", "By domain"), anchor: "domains")),
            .table(
                Table(
                    caption: say("各领域指标的评估结论（项数）", "Judgements by domain (number of targets)"),
                    columns: [Table.Column(say("领域", "Domain"))] + counts.map { Table.Column($0.title, .end) },
                    sections: [Table.Section(rows + [row(say("合计", "Total"), matter.lines, isTotal: true)])]
                )
            ),
        ]
    }

    private func row(_ title: String, _ lines: [ReportLine], isTotal: Bool = false) -> Table.Row {
        let cells: [[Inline]] = counts.map { count in
            let number = lines.count(where: count.isCounted)
            let text = number == 0 ? "–" : String(number)
            return [isTotal ? .strong(text) : .text(text)]
        }
        return Table.Row([[isTotal ? .strong(title) : .text(title)]] + cells)
    }
}
