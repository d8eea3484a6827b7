import DomainModel
import ReportDocument

/// The numeric targets of a running plan by domain: where they stand and what they ask for; those of which nothing is
/// known yet in a table of their own.
struct StateTable {
    private let matter: ReportMatter

    init(_ matter: ReportMatter) {
        self.matter = matter
    }

    var blocks: [Block] {
        let known = matter.lines.filter { $0.target.value != nil && Self.isKnown($0) }
        let unknown = matter.lines.filter { $0.target.value != nil && !Self.isKnown($0) }
        return knownBlocks(known) + unknownBlocks(unknown)
    }

    private static func isKnown(_ line: ReportLine) -> Bool {
        line.finding.actual?.value != nil || line.finding.baseline?.value != nil
    }

    private func knownBlocks(_ lines: [ReportLine]) -> [Block] {
        guard !lines.isEmpty else { return [] }
        let say = matter.say
        let plan = matter.assessment.plan
        return [
            .heading(Heading(say("各项目标的距离", "Distance to the targets"), anchor: "targets")),
            .table(
                Table(
                    caption: say(
                        "目标、最新数值与差距（目标与数值均照原文；数字下为溯源码）",
                        "Targets, newest values and distances (targets and values as printed; lineage codes below)"
                    ),
                    columns: [
                        Table.Column(say("指标（单位）", "Indicator (unit)")), Table.Column(say("属性", "Nature"), .center),
                        Table.Column(say("\(plan.baselineYear)年 基数", "\(plan.baselineYear) baseline"), .end),
                        Table.Column(say("目标", "Target"), .end), Table.Column(say("最新 数值", "Newest value"), .end),
                        Table.Column(say("与目标 之差", "Value minus target"), .end),
                        Table.Column(say("此后年均 需增加", "Needed a year"), .end),
                        Table.Column(say("目标 进度", "Progress"), .end), Table.Column(say("结论", "Judgement")),
                    ],
                    sections: sections(lines, row)
                )
            ),
        ]
    }

    private func unknownBlocks(_ lines: [ReportLine]) -> [Block] {
        guard !lines.isEmpty else { return [] }
        let say = matter.say
        return [
            .heading(Heading(say("尚无数值的目标", "Targets without a value"), anchor: "unknown")),
            .paragraph([
                .text(
                    say(
                        "下列\(lines.count)项目标没有基数，也没有可用的数值，距离无从计算。",
                        "For \(say.count(lines.count, "target", "targets")) there is neither a baseline nor a usable "
                            + "value, so that no distance can be told."
                    )
                )
            ]),
            .table(
                Table(
                    caption: say("尚无数值的目标", "Targets without a value"),
                    columns: [
                        Table.Column(say("指标（单位）", "Indicator (unit)")), Table.Column(say("属性", "Nature"), .center),
                        Table.Column(say("目标", "Target"), .end), Table.Column(say("目标年", "Year"), .center),
                        Table.Column(say("出处", "Where it is set")), Table.Column(say("结论", "Judgement")),
                    ],
                    sections: sections(lines, unknownRow)
                )
            ),
        ]
    }

    private func sections(_ lines: [ReportLine], _ row: (ReportLine) -> Table.Row) -> [Table.Section] {
        matter.domains.compactMap { domain in
            let own = lines.filter { $0.indicator.domain == domain }
            return own.isEmpty ? nil : Table.Section(title: DomainText.text(domain, matter.language), own.map(row))
        }
    }

    private func unknownRow(_ line: ReportLine) -> Table.Row {
        var judgement = [line.status]
        if let reason = line.finding.reason {
            judgement += [.text(" "), .note(StatusText.text(reason, matter.language))]
        }
        let place = SourcesSection.place(line.target.source.locator, matter.language)
        return Table.Row(
            [
                name(line), [.text(line.nature)], LineCells.target(line), [.text(String(line.target.year))],
                [.note(place)], judgement,
            ],
            anchor: line.anchor
        )
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
