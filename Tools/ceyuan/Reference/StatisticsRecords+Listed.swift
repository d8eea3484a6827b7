import DomainModel

extension Indicator: Listed {
    static var listing: [Column<Indicator>] {
        var columns: [Column<Indicator>] = [.text("code", "代码", "code") { $0.code }]
        columns += Column.localized("name", "名称", "name") { $0.name }
        columns += [
            .text("unit", "单位", "unit") { $0.unit },
            .text("unit_code", "单位代码", "unit code", in: [.sheet, .csv]) { $0.unitCode },
            .text("domain", "领域", "domain") { $0.domain },
            .text("scope", "范围", "scope", in: [.sheet, .csv]) { $0.scope },
        ]
        columns += Column.word("kind", "类别", "kind", in: [.sheet, .csv]) { $0.kind }
        columns += Column.word("aggregation", "汇总", "aggregation", in: [.sheet, .csv]) { $0.aggregation }
        columns += Column.word("direction", "方向", "direction") { $0.direction }
        return columns + Column.word("nature", "属性", "nature") { $0.nature }
    }
}

extension Plan: Listed {
    static var listing: [Column<Plan>] {
        [.text("code", "代码", "code") { $0.code }]
            + Column.localized("name", "名称", "name") { $0.name }
            + [
                .text("region", "地区", "region") { $0.region },
                .text("scope", "范围", "scope") { $0.scope },
                .number("baseline_year", "基期", "baseline") { $0.baselineYear },
                .number("start_year", "起", "from") { $0.startYear },
                .number("end_year", "止", "to") { $0.endYear },
            ]
    }
}

extension Target: Listed {
    static var listing: [Column<Target>] {
        [
            .code("lineage", "溯源码", "lineage") { $0.lineage },
            .text("plan", "规划", "plan") { $0.plan },
            .text("indicator", "指标", "indicator") { $0.indicator },
            .number("baseline_year", "基期", "baseline year", in: [.sheet, .csv]) { $0.baselineYear },
            .number("baseline", "基期值", "baseline") { $0.baseline },
            .number("year", "目标年", "year") { $0.year },
            .text("comparator", "比较", "comparator", in: [.sheet, .csv]) { $0.comparator?.rawValue },
            .number("value", "目标值", "value") { $0.value },
            .text("printed", "原文", "printed") { $0.printed },
            .text("cumulative", "累计", "cumulative", in: [.sheet, .csv]) { $0.isCumulative ? "true" : "false" },
            .text("growth_printed", "年均增长", "growth a year", in: [.sheet, .csv]) { $0.growthPrinted },
            .number("revision", "版次", "revision", in: [.sheet, .csv]) { $0.revision },
            .text("note", "备注", "note", in: [.sheet, .csv]) { $0.note },
        ]
            + Column.instant("recorded_at", "记录时间", "recorded at", in: [.sheet, .csv]) { $0.recordedAt }
            + Column.source { $0.source }
    }
}

extension Dataset: Listed {
    static var listing: [Column<Dataset>] {
        [.text("code", "代码", "code") { $0.code }]
            + Column.localized("name", "名称", "name") { $0.name }
            + [.text("provider", "报送单位", "provider") { $0.provider }]
            + Column.flag("allows_partial", "允许部分装载", "partial loads") { $0.allowsPartial }
            + [
                .text("columns", "列", "columns", in: [.sheet, .csv]) { $0.columns.names.joined(separator: ";") },
                .text("revision_mark", "修订标记", "revision mark", in: [.sheet, .csv]) { $0.revisionMark },
            ]
    }
}

extension Dataset.Columns {
    /// The names of all columns that a file may have.
    fileprivate var names: [String] {
        [indicator, region, period, value] + [printed, unit, note, basis].compactMap(\.self) + kept
    }
}
