import DomainModel

extension DerivationRule {
    /// High growth: more than 20 % a year on average over three years, from at least ten employees.
    ///
    /// Source: Eurostat–OECD Manual on Business Demography Statistics (2007), chapter 8: growth by turnover or by
    /// employees, annualised over three years. Compared by powers, without rounding: last > first × 1.2³.
    public static let highGrowth = DerivationRule(
        "high_growth",
        version: 1,
        "高成长企业",
        "High-growth enterprise",
        for: [.enterprise],
        source: "B08; Eurostat–OECD 2007 ch. 8",
        reading: RuleReading(statements: ["figures"])
    ) { situation in
        let figures = situation.figures
        guard let last = figures.keys.max(), let end = figures[last], let start = figures[last - 3],
            let staff = start.number("employees"), staff >= ExactDecimal(10)
        else { return [] }
        let measures = [("revenue", "营业收入", "revenue"), ("employees", "从业人员", "employees")]
        let grounds = measures.compactMap { field, zh, en -> Ground? in
            guard let before = start.number(field), let after = end.number(field), before > .zero,
                let threshold = try? before.multiplied(by: growthOfThreeYears), after > threshold
            else { return nil }
            return Ground(
                statement: end.number,
                "\(zh)由 \(last - 3) 年的 \(before) 增至 \(last) 年的 \(after)，三年年均增长超过 20%（门槛 \(threshold)）",
                "\(en) grew from \(before) in \(last - 3) to \(after) in \(last), above 20 % a year (\(threshold))"
            )
        }
        guard !grounds.isEmpty else { return [] }
        let base = Ground(
            statement: start.number,
            "\(last - 3) 年有从业人员 \(staff) 人，不少于 10 人",
            "it had \(staff) employees in \(last - 3), at least 10"
        )
        return [Conclusion(sort: .title, term: "high_growth", grounds: grounds + [base])]
    }

    /// 1.2³.
    private static let growthOfThreeYears = ExactDecimal(mantissa: 1_728, scale: 3)

    /// A unicorn: not listed, at most ten years old, valued at a billion dollars or more in its last round.
    ///
    /// Source: 科技部火炬中心《2017 中国独角兽企业发展报告》, criteria. The register keeps valuations in 万元; 700,000 of
    /// them stand for the billion, at a rate of 7 yuan.
    public static let unicorn = DerivationRule(
        "unicorn",
        version: 1,
        "独角兽企业",
        "Unicorn",
        for: [.enterprise],
        source: "B08; 火炬中心 2017",
        reading: RuleReading(fields: ["registered_on"], statements: ["listing"], incoming: ["investment"])
    ) { situation in
        guard situation.holding("listing").allSatisfy({ ["regional", "neeq"].contains($0.term) }),
            let founded = situation.attributes["registered_on"]?.text.flatMap({ CivilDate(iso: $0) }),
            situation.day <= founded.adding(years: 10)
        else { return [] }
        let rounds = situation.facts.filter { fact in
            fact.type == "investment" && fact.isIncoming && fact.number("valuation") != nil
                && (fact.validity.from.map { $0 <= situation.day } ?? false)
        }
        guard
            let last = rounds.max(by: {
                ($0.validity.from ?? founded, $0.number) < ($1.validity.from ?? founded, $1.number)
            }),
            let valuation = last.number("valuation"), valuation >= ExactDecimal(700_000)
        else { return [] }
        let grounds = [
            Ground(
                statement: last.number,
                "最近一轮估值 \(valuation) 万元，不低于 700000 万元",
                "was valued at \(valuation) × 10⁴ CNY in its last round, at least 700,000"
            ),
            Ground(
                field: "registered_on",
                "成立于 \(founded.isoText)，不超过十年，尚未上市",
                "was registered on \(founded.isoText), at most ten years ago, and is not listed"
            ),
        ]
        return [Conclusion(sort: .title, term: "unicorn", grounds: grounds)]
    }
}
