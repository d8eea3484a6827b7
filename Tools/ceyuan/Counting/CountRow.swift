import DomainModel

/// The value of one region, with what it was counted by.
struct CountRow: Codable, Sendable {
    let tally: Tally
    let count: RegionCount
}

extension CountRow: Listed {
    static var listing: [Column<CountRow>] {
        [
            .code("measure", "指标", "measure") { $0.tally.measure },
            .code("region", "地区", "region") { $0.count.region },
            .text("value", "数值", "value") { $0.count.value?.description },
            .number("records", "记录数", "records") { Int($0.count.records) },
            .number("whole", "总体", "of") { row in row.count.whole.map { Int($0) } },
            .number("count", "统计编号", "count") { $0.tally.id },
        ]
    }
}

extension CountableMeasure: Listed {
    static var listing: [Column<CountableMeasure>] {
        [
            .code("measure", "指标", "measure") { $0.measure },
            .code("kind", "记录类型", "kind") { $0.kind.rawValue },
            .code("time", "时间", "time") { $0.isFlow ? "flow" : "stock" },
            .number("scale", "10 的幂", "power of ten") { $0.scale },
            .number("version", "版本", "version") { $0.version },
            .text("source", "来源", "source") { $0.source },
        ]
    }
}
