import DomainModel
import ReportDocument

/// The targets that are words or are not stated, with what is printed.
struct WordTargetSection {
    private let matter: ReportMatter

    init(_ matter: ReportMatter) {
        self.matter = matter
    }

    var blocks: [Block] {
        let say = matter.say
        let lines = matter.lines.filter { $0.target.value == nil }
        guard !lines.isEmpty else { return [] }
        return [
            .heading(Heading(say("没有目标数值的指标", "Targets without a number"), anchor: "words")),
            .paragraph([
                .text(
                    say(
                        "下列\(lines.count)项目标为文字表述或未列目标值，照录原文，不作推测，不判断是否完成。",
                        "\(say.count(lines.count, "target is", "targets are")) words or not stated. They stand here as "
                            + "printed; nothing is guessed from them and they are not judged."
                    )
                )
            ]),
            .table(
                Table(
                    caption: say("文字表述或未列的目标", "Targets in words, or not stated"),
                    columns: [
                        Table.Column(say("指标（单位）", "Indicator (unit)")), Table.Column(say("属性", "Nature"), .center),
                        Table.Column(say("目标原文", "Target as printed")),
                        Table.Column(say("年均增长原文", "Growth a year as printed")),
                        Table.Column(say("最新数值", "Newest value"), .end), Table.Column(say("结论", "Judgement")),
                    ],
                    sections: [Table.Section(lines.map(row))]
                )
            ),
        ]
    }

    private func row(_ line: ReportLine) -> Table.Row {
        let growth = line.target.growthPrinted
        var judgement = [line.status]
        if let reason = line.finding.reason {
            judgement += [.lineBreak, .note(StatusText.text(reason, matter.language))]
        }
        return Table.Row([
            LineCells.name(line), [.text(line.nature)], [line.targetFigure],
            [growth.isEmpty || growth == "-" ? .text("–") : line.figure(growth, value: growth, line.target.lineage)],
            LineCells.actual(line, besides: nil), judgement,
        ])
    }
}
