import DomainModel
import ReportDocument

/// The summary of a running plan: what can be judged yet, what cannot and why, and what is met already.
struct PlanStateSummary {
    private let matter: ReportMatter
    private let say: Phrase
    private let judged: [ReportLine]
    private let numeric: [ReportLine]

    init(_ matter: ReportMatter) {
        self.matter = matter
        say = matter.say
        judged = matter.lines.filter { $0.finding.status != .cannotBeJudged }
        numeric = matter.lines.filter { $0.target.value != nil }
    }

    var blocks: [Block] {
        [
            .heading(Heading(say("摘要", "Summary"), anchor: "summary")), .tiles(tiles),
            .list(List([overall] + judgements + reasons + met + binding)),
        ]
    }

    private var tiles: [Tile] {
        let behind = judged.filter { [.behind, .notAchieved].contains($0.finding.status) }
        let binding = matter.lines.filter(\.isBinding)
        return [
            Tile(
                label: say("目标总数", "Targets"),
                value: String(matter.lines.count),
                note: binding.isEmpty ? "" : say("其中约束性\(binding.count)项", "\(binding.count) of them binding")
            ),
            Tile(label: say("有目标值", "With a number"), value: String(numeric.count)),
            Tile(
                label: say("可判断", "Judged"),
                value: String(judged.count),
                note: behind.isEmpty ? "" : say("其中滞后\(behind.count)项", "\(behind.count) of them behind"),
                tone: judged.isEmpty ? nil : behind.isEmpty ? .good : .watch
            ),
            Tile(
                label: say("尚不能判断", "Not yet judged"),
                value: String(matter.lines.count - judged.count),
                note: judged.count == matter.lines.count ? "" : say("原因见下", "reasons below"),
                tone: judged.count == matter.lines.count ? nil : .open
            ),
        ]
    }

    private var overall: [Inline] {
        let plan = matter.assessment.plan.name[matter.language]
        let words = matter.lines.count - numeric.count
        let rest =
            words == 0
            ? say("，均有目标值。", ", all of them numbers.")
            : say(
                "，其中\(numeric.count)项有目标值，\(words)项为文字表述或未列目标值。",
                ": \(numeric.count) are numbers and \(words) \(words == 1 ? "is" : "are") words or not stated."
            )
        return [
            .text(
                say(
                    "\(plan)共\(matter.lines.count)项目标",
                    "The plan (\(plan)) sets \(say.count(matter.lines.count, "target", "targets"))"
                )
            ), .text(rest),
        ]
    }

    private var judgements: [[Inline]] {
        let end = matter.endOf(matter.assessment.period)
        guard !judged.isEmpty else {
            var content: [Inline] = [
                .strong(
                    say(
                        "截至\(end)，没有规划期内的数值可供判断进度。",
                        "At \(end) there is no value from within the plan that progress could be judged on."
                    )
                )
            ]
            if matter.lines.contains(where: { $0.finding.gap != nil }) {
                content.append(
                    .text(
                        say(
                            "以下列出最新数值与目标的距离，以及此后每年需要的增量。",
                            " What follows is the distance from the newest values to the targets, and the gain a year "
                                + "that they ask for."
                        )
                    )
                )
            }
            return [content]
        }
        let order: [AssessmentStatus] = [.achieved, .ahead, .onSchedule, .behind, .notAchieved]
        return order.compactMap { status in
            let lines = matter.lines(status)
            guard !lines.isEmpty else { return nil }
            let words = StatusText.text(status, matter.language)
            return [.strong("\(words) (\(lines.count)): "), .text(matter.names(lines) + say("。", "."))]
        }
    }

    private var reasons: [[Inline]] {
        ReasonGroups(matter).groups.map { reason, lines in
            let words = say.inside(StatusText.text(reason, matter.language))
            let remedy = say.inside(StatusText.remedy(reason)[matter.language])
            return [
                .strong(say("尚不能判断——\(words)：\(lines.count)项", "Not yet judged – \(words): \(lines.count)")),
                .text(say("。需\(remedy)。", ". To do: \(remedy).")),
            ]
        }
    }

    private var met: [[Inline]] {
        let lines = matter.lines.filter(\.isMetBeforePlan)
        guard !lines.isEmpty else { return [] }
        return [
            [
                .text(
                    say(
                        "规划期前的数值已达到目标水平、重在保持的有\(lines.count)项：\(matter.names(lines))。",
                        "\(say.count(lines.count, "target was", "targets were")) met before the plan began and "
                            + "\(lines.count == 1 ? "is" : "are") to be kept: \(matter.names(lines))."
                    )
                )
            ]
        ]
    }

    private var binding: [[Inline]] {
        let lines = matter.lines.filter(\.isBinding)
        guard !lines.isEmpty else { return [] }
        let words = lines.filter { $0.target.value == nil }
        let late = lines.filter { [.behind, .notAchieved].contains($0.finding.status) }
        let decided = lines.filter { $0.finding.status != .cannotBeJudged }
        var text =
            decided.isEmpty
            ? say("尚无可判断的", "none can be judged yet")
            : say("可判断\(decided.count)项，", "\(decided.count) can be judged")
                + (late.isEmpty
                    ? say("没有滞后的", "; none is behind")
                    : say("滞后\(late.count)项（\(matter.names(late))）", "; \(late.count) behind (\(matter.names(late)))"))
        if !words.isEmpty {
            text += say(
                "；\(words.count)项没有目标数值（\(matter.names(words))）",
                "; \(words.count) have no number (\(matter.names(words)))"
            )
        }
        return [
            [
                .strong(say("约束性指标\(lines.count)项，逐项判断：", "Binding targets, each judged by itself (\(lines.count)): ")),
                .text(text + say("。", ".")),
            ]
        ]
    }
}
