import DomainModel
import ReportDocument

/// The lineage codes of the report, a row for each target.
struct LineageSection {
    private let matter: ReportMatter

    init(_ matter: ReportMatter) {
        self.matter = matter
    }

    var blocks: [Block] {
        let say = matter.say
        let lines = matter.lines.filter { $0.finding.lineage != nil || $0.target.lineage != nil }
        guard !lines.isEmpty else { return [] }
        return [
            .heading(Heading(say("溯源码", "Lineage codes"), anchor: "lineage")),
            .paragraph([
                .text(
                    say(
                        "每个数字都有溯源码：T为规划目标与基数，O为观测值，F为评估结论（含进度、差距与年均增量）。运行 ",
                        "Every figure has a code: T is a target with its baseline, O an observation, F a finding with "
                            + "its progress, distance and gain a year. "
                    )
                ), .code("ceyuan trace \(lines.first?.target.lineage ?? lines.first?.finding.lineage ?? "")"),
                .text(say(" 可查到原始文件、行与单元格。", " leads to the file, row and cell that it came from.")),
            ]),
            .table(
                Table(
                    caption: say("溯源码一览", "Lineage codes by target"),
                    columns: [
                        Table.Column(say("序号", "No."), .center), Table.Column(say("指标", "Indicator")),
                        Table.Column(say("目标", "Target")), Table.Column(say("观测值", "Observations")),
                        Table.Column(say("结论", "Finding")),
                    ],
                    rowHeader: 1,
                    sections: [Table.Section(lines.map(row))]
                )
            ),
        ]
    }

    private func row(_ line: ReportLine) -> Table.Row {
        let finding = line.finding
        var observed: [(String, Period)] = []
        let evidence = [finding.baseline, finding.revisedBaseline, finding.actual].compactMap(\.self)
        for piece in evidence.flatMap({ [$0] + $0.summands }) {
            guard let code = piece.lineage, code != finding.target.lineage else { continue }
            if !observed.contains(where: { $0.0 == code }) { observed.append((code, piece.period)) }
        }
        let codes = observed.map { code, period -> [Inline] in
            [.code(code), .note(" \(matter.period(period))")]
        }
        return Table.Row([
            [.text(line.number)], [.text(line.name)], line.target.lineage.map { [.code($0)] } ?? [],
            Array(codes.joined(separator: [.lineBreak])), finding.lineage.map { [.code($0)] } ?? [],
        ])
    }
}
