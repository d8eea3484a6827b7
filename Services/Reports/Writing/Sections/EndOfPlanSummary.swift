import DomainModel
import ReportDocument

/// The summary of a finished plan: counts, and a sentence for each thing that there is to say.
struct EndOfPlanSummary {
    private let matter: ReportMatter
    private let say: Phrase
    private let achieved: [ReportLine]
    private let missed: [ReportLine]
    private let open: [ReportLine]

    init(_ matter: ReportMatter) {
        self.matter = matter
        say = matter.say
        achieved = matter.lines.filter { [.achieved, .ahead, .onSchedule].contains($0.finding.status) }
        missed = matter.lines.filter { [.notAchieved, .behind].contains($0.finding.status) }
        open = matter.lines(.cannotBeJudged)
    }

    var blocks: [Block] {
        let points = [overall] + evidence + missed.map(shortfall) + openReasons + natures
        return [
            .heading(Heading(say("摘要", "Summary"), anchor: "summary")), .tiles(tiles), .list(List(points)),
        ]
    }

    private var tiles: [Tile] {
        let binding = matter.lines.filter(\.isBinding)
        let early = achieved.filter(\.isEarly)
        return [
            Tile(
                label: say("指标总数", "Targets"),
                value: String(matter.lines.count),
                note: binding.isEmpty ? "" : say("其中约束性\(binding.count)项", "\(binding.count) of them binding")
            ),
            Tile(
                label: say("已完成", "Reached"),
                value: String(achieved.count),
                note: early.isEmpty
                    ? "" : say("其中\(early.count)项依据较早年份数据", "\(early.count) of them on earlier data"),
                tone: .good
            ),
            Tile(
                label: say("未完成", "Not reached"),
                value: String(missed.count),
                tone: missed.isEmpty ? nil : .bad
            ),
            Tile(
                label: say("无法判断", "Cannot be judged"),
                value: String(open.count),
                note: open.isEmpty ? "" : say("原因见下", "reasons below"),
                tone: open.isEmpty ? nil : .open
            ),
        ]
    }

    private var overall: [Inline] {
        let plan = matter.assessment.plan.name[matter.language]
        let end = matter.endOf(matter.assessment.period)
        return [
            .text(
                say(
                    "\(plan)共\(matter.lines.count)项指标。截至\(end)，",
                    "The plan (\(plan)) sets \(say.count(matter.lines.count, "target", "targets")). At \(end), "
                )
            ),
            .strong(say("已完成\(achieved.count)项", "\(achieved.count) were reached")),
            .text(
                say(
                    "，未完成\(missed.count)项，无法判断\(open.count)项。",
                    ", \(missed.count) \(missed.count == 1 ? "was" : "were") not, and \(open.count) cannot be judged."
                )
            ),
        ]
    }

    /// What the reached targets were judged on, and which of them are hit to the digit.
    private var evidence: [[Inline]] {
        var points: [[Inline]] = []
        let early = achieved.filter(\.isEarly)
        if !early.isEmpty {
            let years = Set(early.compactMap(\.finding.actual?.period)).sorted().map(matter.period)
            points.append([
                .text(
                    say(
                        "已完成的\(achieved.count)项中，\(achieved.count - early.count)项依据目标年数据，"
                            + "\(early.count)项依据\(say.list(years))数据（目标年数据未公布，较早数值已达到目标）："
                            + "\(matter.names(early))。",
                        "Of the \(achieved.count) reached, \(achieved.count - early.count) are judged on values of the "
                            + "target year and \(early.count) on values of \(say.list(years)), which meet the target "
                            + "already: \(matter.names(early))."
                    )
                )
            ])
        }
        let exact = achieved.filter(\.isExact)
        if !exact.isEmpty {
            points.append([
                .text(
                    say(
                        "恰好等于目标值的有\(exact.count)项：\(matter.names(exact))。",
                        "\(say.count(exact.count, "target is", "targets are")) met to the very digit: "
                            + "\(matter.names(exact))."
                    )
                )
            ])
        }
        return points
    }

    private func shortfall(_ line: ReportLine) -> [Inline] {
        var content: [Inline] = [.strong(say("未完成：\(line.name)", "Not reached: \(line.name)"))]
        content += [.text(say("，完成", ", "))] + line.actualAmount()
        content += [.text(say("，目标", " against a target of "))] + line.targetAmount()
        if let gap = line.finding.gap {
            let words = gap.isNegative ? say("，少", ", short by ") : say("，多", ", over by ")
            content += [.text(words), line.amount(gap.magnitude, line.finding.lineage)]
        }
        if let progress = line.progress {
            content += [.text(say("，目标进度", " (")), progress, .text(say("", " of the way"))]
            content.append(.text(say("。", ").")))
        } else {
            content.append(.text(say("。", ".")))
        }
        return content
    }

    /// The targets that cannot be judged, grouped by why.
    private var openReasons: [[Inline]] {
        ReasonGroups(matter).groups.map { reason, lines in
            let words = say.inside(StatusText.text(reason, matter.language))
            var content: [Inline] = [
                .strong(say("无法判断——\(words)（\(lines.count)项）：", "Cannot be judged – \(words) (\(lines.count)): "))
            ]
            guard reason == .valueBeforeTargetYear else {
                return content + [.text(matter.names(lines) + say("。", "."))]
            }
            for (index, line) in lines.enumerated() {
                content += [.text((index == 0 ? "" : say("；", "; ")) + line.name + say("，", ", "))]
                content += latest(line)
            }
            return content + [.text(say("。", "."))]
        }
    }

    private func latest(_ line: ReportLine) -> [Inline] {
        guard let actual = line.finding.actual else { return [] }
        var content: [Inline] = [.text(say("\(matter.period(actual.period))为", "in \(matter.period(actual.period)) "))]
        content += line.actualAmount() + [.text(say("，目标", " against a target of "))] + line.targetAmount()
        if let progress = line.progress, let elapsed = line.finding.elapsed {
            let share = line.figure(
                NumberText.percentage(elapsed, matter.language, isTrimmed: true),
                value: elapsed.description,
                line.finding.lineage
            )
            content += [.text(say("，目标进度", ": ")), progress, .text(say("，时间进度", " of the way in ")), share]
            content.append(.text(say("", " of the time")))
        }
        return content
    }

    /// Binding targets are judged one by one and stand apart.
    private var natures: [[Inline]] {
        let binding = matter.lines.filter(\.isBinding)
        let others = matter.lines.filter { !$0.isBinding }
        guard !binding.isEmpty else { return [] }
        var points = [
            sentence(
                binding,
                say("约束性指标\(binding.count)项，逐项判断：", "Of the \(binding.count) binding targets, each judged by itself, ")
            )
        ]
        if !others.isEmpty {
            points.append(
                sentence(others, say("其余指标\(others.count)项：", "Of the \(others.count) other targets, "))
            )
        }
        return points
    }

    private func sentence(_ lines: [ReportLine], _ opening: String) -> [Inline] {
        let reached = lines.filter { $0.finding.status == .achieved }
        let missed = lines.filter { $0.finding.status == .notAchieved }
        let open = lines.filter { $0.finding.status == .cannotBeJudged }
        let missing =
            missed.isEmpty
            ? say("没有未完成的", "none was missed")
            : say(
                "未完成\(missed.count)项（\(matter.names(missed))）",
                "\(missed.count) \(missed.count == 1 ? "was" : "were") not (\(matter.names(missed)))"
            )
        let undecided =
            open.isEmpty
            ? say("没有无法判断的", "all can be judged")
            : say(
                "无法判断\(open.count)项（\(matter.names(open))）",
                "\(open.count) cannot be judged (\(matter.names(open)))"
            )
        return [
            .strong(opening),
            .text(
                say(
                    "已完成\(reached.count)项，\(missing)，\(undecided)。",
                    "\(reached.count) \(reached.count == 1 ? "was" : "were") reached, \(missing), and \(undecided)."
                )
            ),
        ]
    }
}
