import DomainModel

/// The value of one region, with what it was counted by.
struct CountRow: Codable, Sendable {
    let tally: Tally
    let count: RegionCount
    var words = RecordWords()

    private enum CodingKeys: String, CodingKey { case tally, count }
}

extension CountRow: WordedRow {
    var vocabularies: Set<String> { [] }
    var namesRegion: Bool { true }

    static var listing: [Column<CountRow>] {
        var columns: [Column<CountRow>] = [.code("measure", "指标", "measure") { $0.tally.measure }]
        columns += Column.word(
            "region",
            "地区",
            "region",
            code: { $0.count.region },
            called: { row in
                let code = row.count.region
                return row.words.regions[code].map { LocalizedText(zh: "\(code) \($0.zh)", en: "\(code) \($0.en)") }
                    ?? LocalizedText(zh: code, en: code)
            }
        )
        columns += [
            .text("value", "数值", "value") { $0.count.value?.description },
            .number("records", "记录数", "records") { Int($0.count.records) },
            .number("whole", "总体", "of") { row in row.count.whole.map { Int($0) } },
            .number("count", "统计编号", "count") { $0.tally.id },
        ]
        return columns
    }
}

extension CountableMeasure: Listed {
    static var listing: [Column<CountableMeasure>] {
        var columns: [Column<CountableMeasure>] = [.code("measure", "指标", "measure") { $0.measure }]
        columns += Column.word("kind", "记录类型", "kind") { $0.kind }
        columns += Column.word(
            "time",
            "时间",
            "time",
            code: { $0.isFlow ? "flow" : "stock" },
            called: { $0.isFlow ? LocalizedText(zh: "流量", en: "flow") : LocalizedText(zh: "存量", en: "stock") }
        )
        columns += [
            .number("scale", "10 的幂", "power of ten") { $0.scale },
            .number("version", "版本", "version") { $0.version },
            .text("source", "来源", "source") { $0.source },
        ]
        return columns
    }
}
