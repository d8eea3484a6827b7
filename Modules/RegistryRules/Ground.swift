public import DomainModel

/// One thing that a rule has seen.
public struct Ground: Sendable, Hashable, Codable {
    /// The statement that says it; absent for a field of the record itself.
    public let statement: Int64?
    /// What was seen and what the rule asks for.
    public let text: LocalizedText

    /// Makes a ground.
    public init(statement: Int64? = nil, _ zh: String, _ en: String) {
        self.statement = statement
        text = LocalizedText(zh: zh, en: en)
    }
}
