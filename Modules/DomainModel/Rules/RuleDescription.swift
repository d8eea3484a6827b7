/// A rule as people read of it.
public struct RuleDescription: Sendable, Hashable, Codable {
    /// Its code.
    public let code: String
    /// Its version.
    public let version: Int
    /// What it is called.
    public let label: LocalizedText
    /// The kinds of records that it looks at.
    public let kinds: [RegistryKind]
    /// The requirement, and the regulation or manual that it follows.
    public let source: String

    /// Tells of a rule.
    public init(code: String, version: Int, label: LocalizedText, kinds: [RegistryKind], source: String) {
        self.code = code
        self.version = version
        self.label = label
        self.kinds = kinds
        self.source = source
    }
}
