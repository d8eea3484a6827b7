import DomainModel
import ReportDocument

/// The numeric targets of a running plan by domain: where they stand and what they ask for.
struct StateTable {
    private let matter: ReportMatter

    init(_ matter: ReportMatter) {
        self.matter = matter
    }

    var blocks: [Block] {
        let say = matter.say
        let plan = matter.assessment.plan
        let sections = matter.domains.compactMap { domain -> Table.Section? in
            let lines = matter.lines.filter { $0.indicator.domain == domain && $0.target.value != nil }
            guard !lines.isEmpty else { return nil }
            return Table.Section(title: DomainText.text(domain, matter.language), lines.map(row))
        }
        guard !sections.isEmpty else { return [] }
        return [
            .heading(Heading(say("各项目标", "The targets"), anchor: "targets")),
            .table(
                Table(
                    caption: say(
                        "目标、最新数值与差距（目标与数值均照原文；数字下为溯源码）",
                        "Targets, newest values and distances (targets and values as printed; lineage codes below)"
                    ),
                    columns: [
                        Table.Column(say("指标（单位）", "Indicator (unit)")), Table.Column(say("属性", "Nature"), .center),
                        Table.Column(say("\(plan.baselineYear)年基数", "\(plan.baselineYear) baseline"), .end),
                        Table.Column(say("目标", "Target"), .end), Table.Column(say("最新数值", "Newest value"), .end),
                        Table.Column(say("与目标的差", "Value minus target"), .end),
                        Table.Column(say("此后年均需增加", "Needed a year"), .end),
                        Table.Column(say("目标进度", "Progress"), .end),
                        Table.Column(say("结论", "Judgement")),
                    ],
                    sections: sections
                )
            ),
        ]
    }

    private func row(_ line: ReportLine) -> Table.Row {
        let finding = line.finding
        var target = LineCells.target(line)
        if line.target.year != matter.assessment.plan.endYear {
            target += [.lineBreak, .note(matter.period(.year(line.target.year)))]
        }
        var judgement = [line.status]
        if let reason = finding.reason {
            judgement += [.lineBreak, .note(StatusText.text(reason, matter.language))]
        }
        if line.isMetBeforePlan {
            judgement += [.lineBreak, .note(matter.say("规划期前已达到目标水平", "Met before the plan began"))]
        }
        return Table.Row(
            [
                name(line), [.text(line.nature)], LineCells.baseline(line), target,
                LineCells.actual(line, besides: nil), signed(finding.gap, line), signed(perYear(line), line),
                [line.progress ?? .text("–")], judgement,
            ],
            anchor: line.anchor
        )
    }

    /// The name; where several targets are set for one indicator, with the document that sets this one.
    private func name(_ line: ReportLine) -> [Inline] {
        let isShared = matter.lines.count { $0.indicator.code == line.indicator.code } > 1
        guard isShared else { return LineCells.name(line) }
        let title = matter.documents[line.target.source.file]?[matter.language] ?? line.target.source.file
        return LineCells.name(line) + [.lineBreak, .note(title)]
    }

    /// The gain needed a year, to one decimal place more than the figures that it comes from.
    private func perYear(_ line: ReportLine) -> ExactDecimal? {
        guard let need = line.finding.requiredPerYear else { return nil }
        let start = line.finding.actual?.value ?? line.finding.baseline?.value
        let places = max(line.target.value?.scale ?? 0, start?.scale ?? 0) + 1
        return try? need.rounded(places: min(places, need.scale)).normalized
    }

    private func signed(_ value: ExactDecimal?, _ line: ReportLine) -> [Inline] {
        guard let value else { return [.text("–")] }
        return [
            line.figure(NumberText.signed(value, matter.language), value: value.description, line.finding.lineage)
        ]
    }
}
