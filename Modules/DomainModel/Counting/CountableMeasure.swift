/// A measure that the registry counts, as people read its rule.
public struct CountableMeasure: Sendable, Hashable, Codable {
    /// The indicator's code without its scope.
    public let measure: String
    /// The version of the rule.
    public let version: Int
    /// What is counted.
    public let kind: RegistryKind
    /// Whether it counts what happened in the period, and not what there is at its end.
    public let isFlow: Bool
    /// The power of ten by which the unit is larger than one: 4 for 万人.
    public let scale: Int
    /// What the definition rests on.
    public let source: String

    /// Tells of a rule.
    public init(_ rule: CountingRule) {
        measure = rule.measure
        version = rule.version
        kind = rule.selection.kind
        isFlow = rule.isFlow
        scale = rule.scale
        source = rule.source
    }
}
