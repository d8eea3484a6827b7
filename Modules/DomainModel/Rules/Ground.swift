/// One thing that a rule has seen.
public struct Ground: Sendable, Hashable, Codable {
    /// The number of the statement that says it.
    public let statement: Int64?
    /// The field of the record itself that says it; absent where a statement does.
    public let field: String?
    /// What was seen and what the rule asks for.
    public let text: LocalizedText

    /// Makes a ground.
    public init(statement: Int64? = nil, field: String? = nil, _ zh: String, _ en: String) {
        self.statement = statement
        self.field = field
        text = LocalizedText(zh: zh, en: en)
    }
}
