/// One term of a controlled vocabulary (分类): talent tiers, platform types, industries, ….
public struct Classification: Sendable, Hashable, Codable {
    /// The vocabulary that the term belongs to.
    public let vocabulary: String
    /// The term's code, unique in its vocabulary.
    public let code: String
    /// The broader term of the same vocabulary.
    public let parent: String?
    /// Name, in both languages.
    public let name: LocalizedText
    /// Place among the terms of the vocabulary: whole numbers with dots between the levels, `2.1.3`; smaller is higher.
    public let rank: String?
    /// What the term means.
    public let definition: String
    /// Where the term was printed.
    public let source: Source

    /// Makes a term of its parts.
    public init(
        vocabulary: String,
        code: String,
        parent: String?,
        name: LocalizedText,
        rank: String?,
        definition: String,
        source: Source
    ) {
        self.vocabulary = vocabulary
        self.code = code
        self.parent = parent
        self.name = name
        self.rank = rank
        self.definition = definition
        self.source = source
    }
}
