public import DomainModel

/// What running the rules again changes: who gains, who loses, and why.
public struct RuleComparison: Sendable, Hashable {
    /// Conclusions that are new.
    public let gained: [DerivedFact]
    /// Conclusions that no longer hold, with the grounds that they had.
    public let lost: [DerivedFact]
    /// Conclusions that still hold, for other grounds or by another version of the rule.
    public let regrounded: [DerivedFact]
    /// How many hold as before.
    public let unchanged: Int

    /// Compares what was concluded before with what is concluded now; a record, sort and term is one conclusion.
    public init(before: [DerivedFact], after: [DerivedFact]) {
        let old = Dictionary(before.map { (Key($0), $0) }, uniquingKeysWith: { first, _ in first })
        let new = Dictionary(after.map { (Key($0), $0) }, uniquingKeysWith: { first, _ in first })
        gained = Self.sorted(new.filter { old[$0.key] == nil }.values)
        lost = Self.sorted(old.filter { new[$0.key] == nil }.values)
        regrounded = Self.sorted(
            new.filter { key, fact in old[key].map { $0.grounds != fact.grounds || $0.rule != fact.rule } ?? false }
                .values
        )
        unchanged = new.count - gained.count - regrounded.count
    }

    private struct Key: Hashable {
        let record: String
        let sort: DerivedFact.Sort
        let term: String

        init(_ fact: DerivedFact) {
            record = fact.record
            sort = fact.sort
            term = fact.term
        }
    }

    private static func sorted(_ facts: some Sequence<DerivedFact>) -> [DerivedFact] {
        facts.sorted { ($0.record, $0.sort.rawValue, $0.term) < ($1.record, $1.sort.rawValue, $1.term) }
    }
}
