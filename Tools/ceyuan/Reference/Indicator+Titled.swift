import DomainModel

extension Indicator.Kind: Titled {
    var title: LocalizedText {
        switch self {
        case .flow: LocalizedText(zh: "流量", en: "flow")
        case .stock: LocalizedText(zh: "存量", en: "stock")
        case .ratio: LocalizedText(zh: "比率", en: "ratio")
        case .index: LocalizedText(zh: "指数", en: "index")
        }
    }
}

extension Indicator.Aggregation: Titled {
    var title: LocalizedText {
        switch self {
        case .cumulative: LocalizedText(zh: "累计", en: "cumulative")
        case .latest: LocalizedText(zh: "期末", en: "latest")
        case .average: LocalizedText(zh: "平均", en: "average")
        }
    }
}

extension Indicator.Direction: Titled {
    var title: LocalizedText {
        switch self {
        case .higher: LocalizedText(zh: "越高越好", en: "higher")
        case .lower: LocalizedText(zh: "越低越好", en: "lower")
        case .targetBand: LocalizedText(zh: "目标区间", en: "target band")
        }
    }
}

extension Indicator.Nature: Titled {
    var title: LocalizedText {
        switch self {
        case .expected: LocalizedText(zh: "预期性", en: "expected")
        case .binding: LocalizedText(zh: "约束性", en: "binding")
        }
    }
}

extension Region {
    /// What its level is called; a level that the program does not know stands as its code.
    var levelTitle: LocalizedText { LocalizedText(zh: Self.levels[level] ?? level, en: level) }

    private static let levels = [
        "country": "国家", "province": "省级", "city": "地级市", "district": "县区", "subdistrict": "街道", "town": "镇",
        "corridor": "走廊", "sci_city": "科技城", "cluster": "城市群", "circle": "创新圈", "axis": "轴", "wing": "翼",
    ]
}
