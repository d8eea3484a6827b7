import DomainModel

extension DerivationRule {
    /// Signs that a firm may leave 外迁风险: two or more of them, or a move that is already recorded.
    ///
    /// Its stay at a platform ends within 180 days and none follows; revenue fell by 20 % or more; employees fell by 20 %
    /// or more. The signs and thresholds are set by judgement.
    public static let relocation = DerivationRule(
        "relocation",
        version: 1,
        "外迁风险",
        "Risk of moving out",
        for: [.enterprise],
        source: "E26; early_warning.relocation",
        reading: RuleReading(statements: ["tenancy", "figures", "move"])
    ) { situation in
        var grounds = endingTenancies(situation)
        grounds += [fall(of: "revenue", "营业收入", "revenue", situation), staffFall(situation)].compactMap { $0 }
        let moves = situation.own("move").filter { fact in
            fact.term == "out" && (fact.validity.from.map { $0 > situation.day } ?? false)
        }
        grounds += moves.map { fact in
            let day = fact.validity.from?.isoText ?? ""
            return Ground(statement: fact.number, "已登记将于 \(day) 迁出", "is to move out on \(day)")
        }
        guard grounds.count >= 2 || !moves.isEmpty else { return [] }
        return [Conclusion(sort: .warning, term: "relocation", grounds: grounds)]
    }

    /// A firm that likely needs money 金融需求: it spends on growth more than it earns, or doubles, without a financial
    /// product that holds on the day.
    public static let financeNeed = DerivationRule(
        "finance_need",
        version: 1,
        "融资需求",
        "Need of finance",
        for: [.enterprise],
        source: "early_warning.finance_need",
        reading: RuleReading(statements: ["finance_product", "figures"])
    ) { situation in
        guard situation.holding("finance_product").isEmpty else { return [] }
        let figures = situation.figures
        guard let year = figures.keys.max(), let last = figures[year] else { return [] }
        var grounds: [Ground] = []
        if let research = last.number("rd_spending"), let profit = last.number("profit"), research > .zero,
            profit < .zero || research > profit
        {
            grounds.append(
                Ground(
                    statement: last.number,
                    "\(year) 年研发经费 \(research) 万元，超过利润 \(profit) 万元",
                    "spent \(research) × 10⁴ CNY on R&D in \(year), more than its profit of \(profit)"
                )
            )
        }
        if let before = figures[year - 1], let revenue = last.number("revenue"), let old = before.number("revenue"),
            old > .zero, let double = try? old.multiplied(by: ExactDecimal(2)), revenue >= double
        {
            grounds.append(
                Ground(
                    statement: last.number,
                    "营业收入一年内由 \(old) 万元增至 \(revenue) 万元",
                    "revenue grew from \(old) to \(revenue) × 10⁴ CNY in one year"
                )
            )
        }
        return grounds.isEmpty ? [] : [Conclusion(sort: .warning, term: "finance_need", grounds: grounds)]
    }

    /// Lay-offs 用工和失业: employees fell by a fifth or more in a year.
    public static let employment = DerivationRule(
        "employment",
        version: 1,
        "用工预警",
        "Fall in employment",
        for: [.enterprise],
        source: "early_warning.employment",
        reading: RuleReading(statements: ["figures"])
    ) { situation in
        guard let ground = staffFall(situation) else { return [] }
        return [Conclusion(sort: .warning, term: "employment", grounds: [ground])]
    }

    private static func endingTenancies(_ situation: RecordSituation) -> [Ground] {
        let tenancies = situation.holding("tenancy")
        return tenancies.compactMap { fact in
            guard let end = fact.validity.until, end.daysSince1970 - situation.day.daysSince1970 <= 180,
                !situation.own("tenancy").contains(where: { other in
                    other.number != fact.number && (other.validity.from.map { $0 <= end } ?? true)
                        && (other.validity.until.map { $0 > end } ?? true)
                })
            else { return nil }
            return Ground(
                statement: fact.number,
                "入驻于 \(end.isoText) 到期，尚无后续安排",
                "its stay ends on \(end.isoText), and none follows"
            )
        }
    }

    private static func staffFall(_ situation: RecordSituation) -> Ground? {
        fall(of: "employees", "从业人员", "employees", situation)
    }

    /// A fall by a fifth or more from the year before the last known to the last known.
    private static func fall(of field: String, _ zh: String, _ en: String, _ situation: RecordSituation) -> Ground? {
        let figures = situation.figures
        guard let year = figures.keys.max(), let last = figures[year], let before = figures[year - 1],
            let new = last.number(field), let old = before.number(field), old > .zero,
            let limit = try? old.multiplied(by: ExactDecimal(mantissa: 8, scale: 1)), new <= limit
        else { return nil }
        return Ground(
            statement: last.number,
            "\(zh)由 \(year - 1) 年的 \(old) 降至 \(year) 年的 \(new)，降幅不低于 20%",
            "\(en) fell from \(old) in \(year - 1) to \(new) in \(year), by 20 % or more"
        )
    }
}
