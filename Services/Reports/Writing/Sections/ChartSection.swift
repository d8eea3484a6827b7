import DomainModel
import ReportDocument

/// A bar against the target for each indicator that has both numbers.
struct ChartSection {
    private let matter: ReportMatter
    private let template: ReportTemplate

    init(_ matter: ReportMatter, _ template: ReportTemplate) {
        self.matter = matter
        self.template = template
    }

    var blocks: [Block] {
        let say = matter.say
        let charts = matter.lines.compactMap { BulletChart($0)?.chart }
        guard !charts.isEmpty else { return [] }
        let words =
            switch template {
            case .endOfPlan:
                say(
                    "左端细线为规划基数（累计指标为零），粗竖线为目标值，横条为自基数起的实际变化。各图比例尺不同。",
                    "The thin line is the planned baseline (zero for totals), the thick line the target, the bar the "
                        + "change that was made from the baseline. Each chart has its own scale."
                )
            case .planState:
                say(
                    "横条为最新数值与目标值（粗竖线）的对照；有规划期内数值的，自基数画起，否则自零画起。各图比例尺不同。",
                    "The bar is the newest value against the target (thick line): from the baseline where there is a "
                        + "value from within the plan, else from zero. Each chart has its own scale."
                )
            }
        return [
            .heading(Heading(say("数值与目标对照", "Values against targets"), anchor: "charts")),
            .paragraph([.note(words)]), .charts(charts),
        ]
    }
}
