import DomainModel

extension Region: Listed {
    static var listing: [Column<Region>] {
        [.text("code", "代码", "code") { $0.code }]
            + Column.localized("name", "名称", "name") { $0.name }
            + Column.word("level", "层级", "level", code: { $0.level }, called: { $0.levelTitle })
            + [
                .text("parent", "上级", "parent") { $0.parent },
                .number("area_km2", "面积 km²", "area km²") { $0.areaSquareKilometres },
                .text("roles", "定位", "roles", in: [.sheet, .csv]) { $0.roles },
                .text("focus_industries", "主导产业", "focus industries", in: [.sheet, .csv]) { $0.focusIndustries },
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
