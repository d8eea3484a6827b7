public import DomainModel

/// A rule that derives facts of one record from what the register says about it.
public struct DerivationRule: Sendable {
    /// The name that is stored.
    public let code: String
    /// Goes up when the rule would say otherwise of the same record.
    public let version: Int
    /// What it is called.
    public let label: LocalizedText
    /// The requirement, and the regulation or manual that the rule follows.
    public let source: String
    /// The kinds of records that it looks at.
    public let kinds: [RegistryKind]
    /// What it looks at of them.
    public let reading: RuleReading
    private let derivation: @Sendable (RecordSituation) -> [Conclusion]

    /// A term with its grounds.
    struct Conclusion {
        let sort: DerivedFact.Sort
        let term: String
        let grounds: [Ground]
    }

    init(
        _ code: String,
        version: Int,
        _ zh: String,
        _ en: String,
        for kinds: [RegistryKind],
        source: String,
        reading: RuleReading,
        _ derivation: @escaping @Sendable (RecordSituation) -> [Conclusion]
    ) {
        self.code = code
        self.version = version
        label = LocalizedText(zh: zh, en: en)
        self.kinds = kinds
        self.source = source
        self.reading = reading
        self.derivation = derivation
    }

    /// The rule with its version, as facts name it: `ladder@1`.
    public var name: String { "\(code)@\(version)" }

    /// What the rule concludes; a term that it comes to by several ways is one conclusion with the grounds of all.
    public func derive(from situation: RecordSituation) -> [DerivedFact] {
        guard kinds.contains(situation.kind) else { return [] }
        var facts: [DerivedFact] = []
        for conclusion in derivation(situation) {
            let known = facts.firstIndex { $0.sort == conclusion.sort && $0.term == conclusion.term }
            let fact = DerivedFact(
                record: situation.key,
                sort: conclusion.sort,
                term: conclusion.term,
                rule: name,
                grounds: (known.map { facts[$0].grounds } ?? []) + conclusion.grounds
            )
            if let known { facts[known] = fact } else { facts.append(fact) }
        }
        return facts
    }
}

extension DerivationRule {
    /// The rules that come with the platform.
    public static let standard: [DerivationRule] = [
        tier, ladder, highGrowth, unicorn, expiry, relocation, financeNeed, employment,
    ]

    /// What rules conclude of a record, in the order of sort and term.
    ///
    /// Where two rules come to the same term of a sort, the conclusion of the first stands.
    public static func derive(_ rules: [DerivationRule], from situation: RecordSituation) -> [DerivedFact] {
        var facts: [DerivedFact] = []
        for fact in rules.flatMap({ $0.derive(from: situation) })
        where !facts.contains(where: { $0.sort == fact.sort && $0.term == fact.term }) {
            facts.append(fact)
        }
        return facts.sorted { ($0.sort.rawValue, $0.term) < ($1.sort.rawValue, $1.term) }
    }
}
