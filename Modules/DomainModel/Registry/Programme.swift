/// A policy programme (计划, 行动): an instrument of the corridor with goals of its own.
public struct Programme: Sendable, Hashable, Codable {
    /// Code, unique among programmes.
    public let code: String
    /// Name, in both languages.
    public let name: LocalizedText
    /// What it is about: talent, enterprise, platform, ….
    public let subject: String
    /// Who runs it.
    public let owner: String
    /// Its goals as stated.
    public let quantifiedGoals: String
    /// When it runs, as printed.
    public let period: String
    /// Codes of the indicators that measure it.
    public let indicators: [String]
    /// Where it was printed.
    public let source: Source

    /// Makes a programme of its parts.
    public init(
        code: String,
        name: LocalizedText,
        subject: String,
        owner: String,
        quantifiedGoals: String,
        period: String,
        indicators: [String],
        source: Source
    ) {
        self.code = code
        self.name = name
        self.subject = subject
        self.owner = owner
        self.quantifiedGoals = quantifiedGoals
        self.period = period
        self.indicators = indicators
        self.source = source
    }
}
