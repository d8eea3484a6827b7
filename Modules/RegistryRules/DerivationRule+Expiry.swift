import DomainModel

extension DerivationRule {
    /// Titles, tiers and permits that end within 90 days, or ended within the last 90, and have no successor.
    ///
    /// The end is that of the statement; a statement without one never ends by itself. How long each title holds is for
    /// who records it, as three years for a high-tech enterprise (国科发火〔2016〕32号 article 9).
    public static let expiry = DerivationRule(
        "expiry",
        version: 1,
        "到期提醒",
        "Ends soon",
        for: [.talent, .team, .enterprise],
        source: "A02, A18, B03",
        reading: RuleReading(statements: ["title", "tier", "permit"])
    ) { situation in
        let days = 90
        let dated = ["title", "tier", "permit"].flatMap(situation.own).filter { $0.term != nil }
        return dated.compactMap { fact -> Conclusion? in
            guard let end = fact.validity.until, abs(end.daysSince1970 - situation.day.daysSince1970) <= days,
                fact.validity.from.map({ $0 <= situation.day }) ?? true,
                !dated.contains(where: { continues($0, fact, after: end) })
            else { return nil }
            let left = end.daysSince1970 - situation.day.daysSince1970
            let ground =
                left > 0
                ? Ground(
                    statement: fact.number,
                    "有效期至 \(end.isoText) 前，还剩 \(left) 天，尚无续期",
                    "holds until \(end.isoText), \(left) days from now, and nothing follows"
                )
                : Ground(
                    statement: fact.number,
                    "已于 \(end.isoText) 到期，尚无续期",
                    "ended on \(end.isoText), and nothing followed"
                )
            return Conclusion(sort: .expiry, term: fact.term ?? "", grounds: [ground])
        }
    }

    /// Whether a statement carries on what ends: the same term, without a gap.
    private static func continues(
        _ other: RecordSituation.Fact,
        _ fact: RecordSituation.Fact,
        after end: CivilDate
    ) -> Bool {
        other.number != fact.number && other.type == fact.type && other.term == fact.term
            && (other.validity.from.map { $0 <= end } ?? true) && (other.validity.until.map { $0 > end } ?? true)
    }
}
