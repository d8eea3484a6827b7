import DomainModel
import ReportDocument

/// What has to be done: the targets that fell short with their pace, and what is missing for those left open.
struct FollowUpSection {
    private let matter: ReportMatter
    private let say: Phrase

    init(_ matter: ReportMatter) {
        self.matter = matter
        say = matter.say
    }

    var blocks: [Block] {
        let short = matter.lines.filter { [.notAchieved, .behind].contains($0.finding.status) }
        // With everything open for the same reason the summary has said it all.
        let groups = ReasonGroups(matter).groups
        let points = short.map(pace) + groups.map(remedy)
        guard !points.isEmpty else { return [] }
        return [.heading(Heading(say("需要跟进的事项", "What needs to be done"), anchor: "follow-up")), .list(List(points))]
    }

    private func pace(_ line: ReportLine) -> [Inline] {
        let finding = line.finding
        var content: [Inline] = [.strong(line.name)]
        if let gap = finding.gap {
            let words =
                gap.isNegative ? say("：比目标少", ": short of the target by ") : say("：比目标多", ": over the target by ")
            content += [.text(words), line.amount(gap.magnitude, finding.lineage)]
        }
        if let planned = finding.plannedPerYear, let actual = finding.actualPerYear {
            content += [.text(say("；规划要求年均", "; the plan asked for "))] + change(planned, line)
            content += [.text(say("，实际年均", " a year, and there was "))] + change(actual, line)
            content.append(.text(say("", " a year")))
        }
        if let needed = finding.requiredPerYear {
            content += [.text(say("；此后每年需", "; needed from now on: "))] + change(needed, line)
            content.append(.text(say("", " a year")))
        }
        return content + [.text(say("。", "."))]
    }

    private func remedy(_ reason: UndeterminedReason, _ lines: [ReportLine]) -> [Inline] {
        let words = StatusText.remedy(reason)[matter.language]
        // Long groups are counted; the table says which they are.
        let names =
            lines.count > 12 ? say("共\(lines.count)项，见表", "\(lines.count) targets, see the table") : matter.names(lines)
        return [.strong(words), .text(say("：\(names)。", ": \(names)."))]
    }

    /// A change with its direction: `增加4605.4元`, `a rise of 4,605.4 yuan`.
    private func change(_ value: ExactDecimal, _ line: ReportLine) -> [Inline] {
        let amount = rounded(value)
        let words =
            amount.isZero
            ? say("变化", "a change of ") : amount.isNegative ? say("下降", "a fall of ") : say("增加", "a rise of ")
        return [.text(words), line.amount(amount.magnitude, line.finding.lineage)]
    }

    private func rounded(_ value: ExactDecimal) -> ExactDecimal {
        ((try? value.rounded(places: 2)) ?? value).normalized
    }
}
