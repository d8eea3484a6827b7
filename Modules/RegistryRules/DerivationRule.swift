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
        _ derivation: @escaping @Sendable (RecordSituation) -> [Conclusion]
    ) {
        self.code = code
        self.version = version
        label = LocalizedText(zh: zh, en: en)
        self.kinds = kinds
        self.source = source
        self.derivation = derivation
    }

    /// What the rule concludes.
    public func derive(from situation: RecordSituation) -> [DerivedFact] {
        guard kinds.contains(situation.kind) else { return [] }
        return derivation(situation).map { conclusion in
            DerivedFact(
                record: situation.key,
                sort: conclusion.sort,
                term: conclusion.term,
                rule: "\(code)@\(version)",
                grounds: conclusion.grounds
            )
        }
    }
}

extension DerivationRule {
    /// The rules that come with the platform.
    public static let standard: [DerivationRule] = [
        tier, ladder, highGrowth, unicorn, expiry, relocation, financeNeed, employment,
    ]
}
