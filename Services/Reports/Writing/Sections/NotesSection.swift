import DomainModel
import ReportDocument

/// Why figures are as they are: revisions, earlier years, totals, levels to keep, and the remarks of the editors.
struct NotesSection {
    private let matter: ReportMatter
    private let say: Phrase

    init(_ matter: ReportMatter) {
        self.matter = matter
        say = matter.say
    }

    var blocks: [Block] {
        let points = revisions + earlier + totals + levels + strivings
        let remarks = self.remarks
        guard !points.isEmpty || !remarks.isEmpty else { return [] }
        var blocks: [Block] = [.heading(Heading(say("注释", "Notes"), anchor: "notes"))]
        if !points.isEmpty { blocks.append(.list(List(points))) }
        if !remarks.isEmpty {
            blocks.append(
                .heading(
                    Heading(level: 3, say("数据编者附注（英文，照录）", "Remarks of the editors, as recorded"), anchor: "remarks")
                )
            )
            blocks.append(.list(List(remarks)))
        }
        return blocks
    }

    private var revisions: [[Inline]] {
        matter.lines.compactMap { line in
            guard let revised = line.finding.revisedBaseline, let value = revised.value,
                let planned = line.finding.baseline?.value
            else { return nil }
            let year = matter.period(revised.period)
            var content: [Inline] = [
                .strong(say("\(line.name)的基数有修订：", "The baseline of \(line.name) was revised: ")),
                .text(say("规划所列\(year)基数为", "the plan states ")), line.amount(planned, line.target.lineage),
                .text(say("，后修订为", " for \(year), later revised to ")), line.amount(value, revised.lineage),
            ]
            if let progress = line.progress, let other = progressFrom(value, line) {
                content += [
                    .text(say("。评估按规划基数，目标进度", ". It is judged from the planned baseline (progress ")), progress,
                    .text(say("；按修订后基数则为", "); from the revised one progress is ")), other,
                ]
            }
            return content + [.text(say("。", "."))]
        }
    }

    /// Progress from another baseline, as the method's own steps have it, for comparison.
    private func progressFrom(_ baseline: ExactDecimal, _ line: ReportLine) -> Inline? {
        guard let value = line.finding.actual?.value, let target = line.target.value,
            let way = try? target.subtracting(baseline), !way.isZero,
            let share = try? value.subtracting(baseline).divided(by: way, places: 4)
        else { return nil }
        return line.figure(
            NumberText.percentage(share, matter.language),
            value: share.description,
            line.finding.lineage
        )
    }

    private var earlier: [[Inline]] {
        let lines = matter.lines.filter {
            $0.isEarly && $0.target.value != nil && $0.finding.reason != .valueBeforePlan
        }
        guard !matter.isRunning, !lines.isEmpty else { return [] }
        return [
            [
                .strong(say("较早年份的数据：", "Data of earlier years: ")),
                .text(
                    say(
                        "下列指标目标年数据未公布，表中列出的是较早年份的数值，年份标在数值下方。"
                            + "已达到目标的按已完成计，尚未达到的不作判断：\(matter.names(lines))。",
                        "for these no value of the target year was published; the table shows an earlier one with its "
                            + "year. Where it meets the target the target counts as reached, where it falls short "
                            + "nothing is judged: \(matter.names(lines))."
                    )
                ),
            ]
        ]
    }

    private var totals: [[Inline]] {
        guard matter.lines.contains(where: \.target.isCumulative) else { return [] }
        return [
            [
                .strong(say("方括号：", "Square brackets: ")),
                .text(
                    say(
                        "[ ]内为整个规划期的累计数，目标进度自规划期初从零计算。",
                        "a figure in [ ] is a total over the whole plan; its progress is counted from zero at the start."
                    )
                ),
            ]
        ]
    }

    private var levels: [[Inline]] {
        let lines = matter.lines.filter(\.isLevelToKeep)
        guard !lines.isEmpty else { return [] }
        return [
            [
                .strong(say("保持水平的指标：", "Levels to keep: ")),
                .text(
                    say(
                        "基数已满足目标，只判断是否守住，不计算进度：\(matter.names(lines))。",
                        "the baseline meets the target already, so only the level is judged and there is no progress "
                            + "share: \(matter.names(lines))."
                    )
                ),
            ]
        ]
    }

    private var strivings: [[Inline]] {
        let lines = matter.lines.filter { $0.target.printed.contains("力争") }
        guard !lines.isEmpty, matter.language == .en else { return [] }
        return [
            [
                .strong("力争: "), .text("printed before a number, it means that the plan strives for at least as much."),
            ]
        ]
    }

    /// The editors' remarks, each once, with the indicators that it is made on.
    private var remarks: [[Inline]] {
        var order: [String] = []
        var names: [String: [String]] = [:]
        for line in matter.lines {
            let notes = [line.target.note, line.finding.actual?.note ?? "", line.finding.revisedBaseline?.note ?? ""]
            for note in notes {
                let parts = note.split(separator: "; ").map(String.init).filter { !Self.isSaidAbove($0) }
                guard !parts.isEmpty else { continue }
                let remark = parts.joined(separator: "; ")
                if names[remark] == nil { order.append(remark) }
                if names[remark]?.last != line.name { names[remark, default: []].append(line.name) }
            }
        }
        return order.map { part in
            let lines = names[part] ?? []
            let who = lines.count > 6 ? say("\(lines.count)项指标", "\(lines.count) indicators") : say.list(lines)
            return [.text(part), .text(say("（\(who)）", " (\(who))"))]
        }
    }

    /// What the report says in its own words: that a line has no figure, and what brackets mean.
    private static func isSaidAbove(_ remark: String) -> Bool {
        remark == "not published" || remark.hasPrefix("[] = five-year cumulative") || remark.hasPrefix("window=")
    }
}
