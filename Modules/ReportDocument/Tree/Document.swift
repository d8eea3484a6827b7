public import DomainModel

/// A report as a tree, before it is rendered: what it says, and nothing of how it looks.
///
/// The same tree makes every format, so that the figures are equal in all of them. Its JSON is canonical: the same
/// document always gives the same bytes.
public struct Document: Sendable, Hashable, Codable {
    /// A fact about the document that its head shows: 数据截至, 评估方法, ….
    public struct Fact: Sendable, Hashable, Codable {
        /// What the fact is of.
        public let label: String
        /// The fact.
        public let text: String

        /// Makes a fact of its parts.
        public init(_ label: String, _ text: String) {
            self.label = label
            self.text = text
        }
    }

    /// The language that it is written in.
    public let language: Language
    /// The title.
    public let title: String
    /// The line below the title; empty when there is none.
    public let subtitle: String
    /// The name of the edition; empty for drafts.
    public let edition: String
    /// The instant whose knowledge it shows.
    public let asOf: Instant
    /// Facts about the document, in the order shown.
    public let facts: [Fact]
    /// What it says.
    public var blocks: [Block]
    /// What could not be made, for example drawings, in the document's language.
    public var notices: [String]

    /// Makes a document of its parts.
    public init(
        language: Language,
        title: String,
        subtitle: String = "",
        edition: String = "",
        asOf: Instant,
        facts: [Fact] = [],
        blocks: [Block],
        notices: [String] = []
    ) {
        self.language = language
        self.title = title
        self.subtitle = subtitle
        self.edition = edition
        self.asOf = asOf
        self.facts = facts
        self.blocks = blocks
        self.notices = notices
    }
}
