import DomainModel

extension DerivationRule {
    /// The tier that a person's honours give.
    ///
    /// An award says in its own record which tier it gives, so the list of qualifying honours is data. The highest one
    /// counts: the order is that of the quota, top before leading before young before reserve.
    public static let tier = DerivationRule(
        "tier_by_honour",
        version: 1,
        "按荣誉认定层次",
        "Tier by honours",
        for: [.talent, .team],
        source: "A02, A03",
        reading: RuleReading(statements: ["award_won"], objects: ["award_won": ["tier", "name_zh", "name_en"]])
    ) { situation in
        let given = situation.own("award_won").compactMap { fact -> (order: Int, term: String, ground: Ground)? in
            guard fact.validity.from.map({ $0 <= situation.day }) ?? true,
                let term = fact.objectAttributes["tier"]?.text
            else { return nil }
            let name = fact.objectAttributes["name_zh"]?.text ?? fact.object ?? ""
            let english = fact.objectAttributes["name_en"]?.text ?? name
            let ground = Ground(
                statement: fact.number,
                "获得“\(name)”，该奖项对应 \(term)",
                "has won “\(english)”, which gives \(term)"
            )
            return (tierOrder.firstIndex(of: term) ?? tierOrder.count, term, ground)
        }
        guard let best = given.min(by: { ($0.order, $0.term) < ($1.order, $1.term) }) else { return [] }
        let grounds = given.filter { $0.term == best.term }.map(\.ground)
        return [Conclusion(sort: .tier, term: best.term, grounds: grounds)]
    }

    /// The terms of `talent_tier` from the highest.
    private static let tierOrder = [
        "soul_scientist", "strategic_scientist", "top", "sci_leading", "tech_entrepreneur", "innovation_team",
        "leading", "stem_youth", "youth", "reserve",
    ]
}
