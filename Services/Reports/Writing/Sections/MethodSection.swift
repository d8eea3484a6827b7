import DomainModel
import ReportDocument

/// How it was judged, in words and with every parameter.
struct MethodSection {
    private let matter: ReportMatter

    init(_ matter: ReportMatter) {
        self.matter = matter
    }

    var blocks: [Block] {
        let say = matter.say
        let parameters = matter.assessment.parameters
        let points = parameters["tolerance"].flatMap(ExactDecimal.init).flatMap {
            try? $0.multiplied(by: ExactDecimal(100))
        }
        let about = parameters["approximateTolerance"].flatMap(ExactDecimal.init)
        var items: [[Inline]] = [
            [
                .text(
                    say(
                        "目标进度＝（数值－基数）÷（目标－基数），按规划所列基数计算；基数为零或负数时同样适用。",
                        "Progress is (value − baseline) ÷ (target − baseline), from the baseline that the plan states; "
                            + "it holds for zero and negative baselines alike."
                    )
                )
            ],
            [
                .text(
                    say(
                        "目标年结束后只看水平：数值达到目标即为已完成。正向指标的目标为下限，逆向指标的目标为上限；"
                            + "“以上”“力争”“≥”为不低于，“以下”“以内”为不高于，“<”为低于。",
                        "Once the target year is over only the level counts. Where more is better the target is a "
                            + "floor, where less is better a ceiling; 以上, 力争 and ≥ mean at least, 以下 and 以内 at "
                            + "most, < less than."
                    )
                )
            ],
        ]
        if let points {
            let text = NumberText.text(points.normalized, matter.language)
            items.append([
                .text(
                    say(
                        "规划期内，目标进度与时间进度之差超过\(text)个百分点为超序时进度，落后超过\(text)个百分点为滞后，其余为符合序时进度；"
                            + "时间进度按数值所属时期的期末计算。",
                        "While the plan runs, progress more than \(text) percentage points beyond the elapsed share of "
                            + "the plan is ahead, more than \(text) points short of it is behind, else on schedule; the "
                            + "elapsed share is taken at the end of the value's own period."
                    )
                )
            ])
        }
        if let about {
            let text = NumberText.percentage(about, matter.language, isTrimmed: true)
            items.append([
                .text(
                    say("“约”“左右”的容许范围为±\(text)。", "“About” (约, 左右) reaches \(text) to both sides.")
                )
            ])
        }
        items.append([
            .text(
                parameters["acceptsEarlierEvidence"] == "true"
                    ? say(
                        "目标年数值未公布时，较早年份的数值已达到目标的按已完成计，未达到的不作判断。",
                        "Where no value of the target year was published, an earlier one that meets the target settles "
                            + "it; one that falls short leaves it open."
                    )
                    : say("只依据目标年数值判断是否完成。", "Only values of the target year settle whether a target is reached.")
            )
        ])
        items.append([
            .text(
                say(
                    "约束性指标逐项判断，不与其他指标平均；无数值或目标不是数字的，不作推测。",
                    "Binding targets are judged one by one and never averaged; where a figure is missing or a target "
                        + "is no number, nothing is guessed."
                )
            )
        ])
        return [
            .heading(Heading(say("评估方法", "Method"), anchor: "method")),
            .paragraph([
                .text(say("时序进度法，", "Comparison with elapsed time, ")), .code(matter.assessment.method),
                .text(say("。参数：", ". Parameters: ")),
                .code(parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")),
                .text(say("。", ".")),
            ]), .list(List(items)),
        ]
    }
}
