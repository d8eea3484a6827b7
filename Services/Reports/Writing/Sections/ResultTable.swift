import DomainModel
import ReportDocument

/// All targets of a finished plan in the plan's order, with what was printed and what was judged.
struct ResultTable {
    private let matter: ReportMatter

    init(_ matter: ReportMatter) {
        self.matter = matter
    }

    var blocks: [Block] {
        let say = matter.say
        let plan = matter.assessment.plan
        return [
            .heading(Heading(say("指标完成情况", "All targets"), anchor: "targets")),
            .table(
                Table(
                    caption: say(
                        "指标完成情况表（基数、目标值和完成值均照原文；数字下为溯源码）",
                        "Targets and results (baselines, targets and results as printed; lineage codes below)"
                    ),
                    columns: [
                        Table.Column(say("序号", "No."), .center), Table.Column(say("指标（单位）", "Indicator (unit)")),
                        Table.Column(say("属性", "Nature"), .center),
                        Table.Column(say("\(plan.baselineYear)年 基数", "\(plan.baselineYear) baseline"), .end),
                        Table.Column(say("\(plan.endYear)年 目标", "\(plan.endYear) target"), .end),
                        Table.Column(say("完成值", "Result"), .end), Table.Column(say("目标 进度", "Progress"), .end),
                        Table.Column(say("结论", "Judgement")), Table.Column(say("说明", "Remarks")),
                    ],
                    rowHeader: 1,
                    sections: [Table.Section(matter.lines.map(row))]
                )
            ),
        ]
    }

    private func row(_ line: ReportLine) -> Table.Row {
        let finding = line.finding
        return Table.Row(
            [
                [.text(line.number)], LineCells.name(line), [.text(line.nature)], LineCells.baseline(line),
                LineCells.target(line), LineCells.actual(line, besides: .year(line.target.year)),
                [line.progress ?? .text("–")], [line.status], remarks(line, finding),
            ],
            anchor: line.anchor
        )
    }

    private func remarks(_ line: ReportLine, _ finding: Finding) -> [Inline] {
        let say = matter.say
        var texts: [String] = []
        if let reason = finding.reason { texts.append(StatusText.text(reason, matter.language)) }
        if line.isEarly, finding.status == .achieved, let period = finding.actual?.period {
            texts.append(say("依据\(matter.period(period))数据", "Judged on \(matter.period(period)) data"))
        }
        if line.target.isCumulative { texts.append(say("规划期累计数", "Total over the plan")) }
        if line.isLevelToKeep { texts.append(say("保持水平，不计进度", "A level to keep: no progress share")) }
        if line.isExact { texts.append(say("恰好等于目标值", "Met to the digit")) }
        if finding.revisedBaseline != nil { texts.append(say("基数后有修订，见注释", "Baseline revised later, see notes")) }
        if let actual = finding.actual, !actual.summands.isEmpty {
            texts.append(say("由各年数值加总", "Added up from single years"))
        }
        return texts.isEmpty
            ? [] : [.note(([texts[0]] + texts.dropFirst().map(say.inside)).joined(separator: say("；", "; ")))]
    }
}
