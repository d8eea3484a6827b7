import DomainModel

extension Region: Listed {
    static var listing: [Column<Region>] {
        [.text("code", "代码", "code") { $0.code }]
            + Column.localized("name", "名称", "name") { $0.name }
            + [
                .code("level", "层级", "level") { $0.level },
                .text("parent", "上级", "parent") { $0.parent },
                .number("area_km2", "面积 km²", "area km²") { $0.areaSquareKilometres },
                .text("roles", "定位", "roles", in: [.sheet, .csv]) { $0.roles },
                .text("focus_industries", "主导产业", "focus industries", in: [.sheet, .csv]) { $0.focusIndustries },
            ] + Column.source { $0.source }
    }
}

extension InnovationPlatform: Listed {
    static var listing: [Column<InnovationPlatform>] {
        [.text("code", "代码", "code") { $0.code }]
            + Column.localized("name", "名称", "name") { $0.name }
            + [
                .text("type", "类型", "type") { $0.type },
                .text("region", "地区", "region") { $0.region },
                .text("host", "依托单位", "host", in: [.sheet, .csv]) { $0.host },
                .text("research_focus", "研究方向", "research focus", in: [.sheet, .csv]) { $0.researchFocus },
                .code("status", "状态", "status") { $0.status },
            ] + Column.source { $0.source }
    }
}

extension Programme: Listed {
    static var listing: [Column<Programme>] {
        [.text("code", "代码", "code") { $0.code }]
            + Column.localized("name", "名称", "name") { $0.name }
            + [
                .text("subject", "主题", "subject") { $0.subject },
                .text("owner", "主管", "owner") { $0.owner },
                .code("period", "时期", "period") { $0.period },
                .text("goals", "量化目标", "goals", in: [.sheet, .csv]) { $0.quantifiedGoals },
                .text("indicators", "指标", "indicators", in: [.sheet, .csv]) { $0.indicators.joined(separator: ";") },
            ] + Column.source { $0.source }
    }
}

extension Classification: Listed {
    static var listing: [Column<Classification>] {
        [
            .text("vocabulary", "词表", "vocabulary") { $0.vocabulary },
            .text("code", "代码", "code") { $0.code },
        ]
            + Column.localized("name", "名称", "name") { $0.name }
            + [
                .text("parent", "上位词", "broader") { $0.parent },
                .text("rank", "序", "rank") { $0.rank },
                .text("definition", "定义", "definition", in: [.sheet, .csv]) { $0.definition },
            ] + Column.source { $0.source }
    }
}

extension Column {
    /// Where a record was printed: one line for people, two columns in CSV.
    static func source(_ source: @escaping @Sendable (Record) -> Source) -> [Column] {
        [
            .text("source", "出处", "source", in: .sheet) { "\(source($0).file) \(source($0).locator)" },
            .text("source_file", "出处", "source", in: .csv) { source($0).file },
            .text("source_locator", "出处", "source", in: .csv) { source($0).locator },
        ]
    }
}
