import DomainModel

extension Assessment: Listed {
    static var listing: [Column<Assessment>] {
        [
            .number("id", "评估", "assessment") { $0.id },
            .text("plan", "规划", "plan") { $0.plan.code },
        ]
            + Column.localized("plan_name", "规划名称", "name") { $0.plan.name }
            + [
                .code("period", "时期", "period") { $0.period.description },
                .text("method", "方法", "method") { $0.method },
            ]
            + Column.instant("as_of", "数据截至", "data as of") { $0.asOf }
            + Column.instant("created_at", "生成时间", "made at") { $0.createdAt }
    }
}

extension Finding: Listed {
    static var listing: [Column<Finding>] {
        [
            .code("lineage", "溯源码", "lineage") { $0.lineage },
            .text("indicator", "指标代码", "indicator code", in: [.sheet, .csv]) { $0.indicator.code },
        ]
            + Column.localized("name", "指标", "indicator") { $0.indicator.name }
            + [
                .text("unit", "单位", "unit") { $0.indicator.unit },
                .number("baseline", "基期", "baseline") { $0.baseline?.value },
                .text("target", "目标", "target") { $0.target.printed },
                .number("actual", "实际", "actual") { $0.actual?.value },
                .code("actual_period", "时期", "period") { $0.actual?.period.description },
                .number("progress", "进度", "progress", in: [.list, .sheet]) { $0.progress?.percentage },
                .number("progress", "进度", "progress", in: .csv) { $0.progress },
                .number("elapsed", "时间进度", "elapsed", in: [.sheet, .csv]) { $0.elapsed },
                .number("gap", "差距", "gap", in: [.sheet, .csv]) { $0.gap },
                .number("required_per_year", "每年须增", "needed a year", in: [.sheet, .csv]) { $0.requiredPerYear },
                .text("status", "结论", "finding", in: .csv) { $0.status.rawValue },
                .text("reason", "原因", "reason", in: .csv) { $0.reason?.rawValue },
                Column(
                    name: "status",
                    title: LocalizedText(zh: "结论", en: "finding"),
                    isNumeric: false,
                    isFlexible: true,
                    places: [.list, .sheet],
                    style: { $0.status.style },
                    text: { $0.verdict[$1] }
                ),
            ]
    }

    /// The status, and the reason where there is none.
    var verdict: LocalizedText {
        guard let reason else { return status.text }
        return LocalizedText(zh: "\(status.text.zh)：\(reason.text.zh)", en: "\(status.text.en): \(reason.text.en)")
    }
}

extension ExactDecimal {
    /// A share as a percentage with one decimal place.
    fileprivate var percentage: String? {
        guard let share = try? multiplied(by: ExactDecimal(100)).rounded(places: 1) else { return nil }
        return "\(share)%"
    }
}
