import DomainModel

extension DerivationRule {
    /// The highest step of the market ladder that a firm has reached 个转企、小升规、规改股、股上市.
    ///
    /// What the ladder asks of each step: an individual business by its legal form; above-scale by a valid title or
    /// statement of the statistical office; joint-stock by legal form; listed by a listing on an exchange, which the
    /// regional equity market and the New Third Board are not.
    public static let ladder = DerivationRule(
        "ladder",
        version: 1,
        "市场主体升级阶梯",
        "Market ladder",
        for: [.enterprise],
        source: "B01, B06",
        reading: RuleReading(fields: ["legal_form"], statements: ["listing", "title", "stage"])
    ) { situation in
        for step in [listed, jointStock, aboveScale] {
            if let conclusion = step(situation) { return [conclusion] }
        }
        guard let form = situation.attributes["legal_form"]?.text else { return [] }
        let term = form == "individual" ? "market.individual" : "market.enterprise"
        return [Conclusion(sort: .stage, term: term, grounds: [legalForm(form)])]
    }

    private static func listed(_ situation: RecordSituation) -> Conclusion? {
        let listings = situation.holding("listing").filter { !["regional", "neeq"].contains($0.term) }
        guard !listings.isEmpty else { return nil }
        let grounds = listings.map { fact in
            Ground(
                statement: fact.number,
                "在 \(fact.term ?? "") 上市\(fact.validity.from.map { "，自 \($0.isoText)" } ?? "")",
                "is listed on \(fact.term ?? "")\(fact.validity.from.map { " since \($0.isoText)" } ?? "")"
            )
        }
        return Conclusion(sort: .stage, term: "market.listed", grounds: grounds)
    }

    private static func jointStock(_ situation: RecordSituation) -> Conclusion? {
        guard let form = situation.attributes["legal_form"]?.text, form == "joint_stock" else { return nil }
        return Conclusion(sort: .stage, term: "market.joint_stock", grounds: [legalForm(form)])
    }

    private static func aboveScale(_ situation: RecordSituation) -> Conclusion? {
        let titles = situation.holding("title").filter { $0.term == "above_scale" }
        let stages = situation.holding("stage").filter { $0.term == "market.above_scale" }
        guard !titles.isEmpty || !stages.isEmpty else { return nil }
        let grounds = (titles + stages).map { fact in
            Ground(statement: fact.number, "已登记为规上企业", "is registered as above designated size")
        }
        return Conclusion(sort: .stage, term: "market.above_scale", grounds: grounds)
    }

    private static func legalForm(_ form: String) -> Ground {
        Ground(field: "legal_form", "企业类型为 \(form)", "its legal form is \(form)")
    }
}
