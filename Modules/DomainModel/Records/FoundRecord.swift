/// A record that answers the search box, at its best name.
public struct FoundRecord: Sendable, Hashable, Codable {
    /// How a name answers what was typed, the best first.
    public enum Match: String, Sendable, Codable, CaseIterable {
        /// It is what was typed.
        case exact
        /// It begins with it.
        case prefix
        /// Its Pinyin begins with it.
        case pinyin
        /// The initials of its Pinyin begin with it.
        case initials
        /// It has it within.
        case overlap
    }

    /// The record's key.
    public let key: String
    /// What it is.
    public let kind: RegistryKind
    /// How the name answers.
    public let match: Match
    /// The field that the name comes from.
    public let field: String
    /// The name, as it was written.
    public let shown: String
    /// What the record is called today, whatever name or number answers.
    public let name: String?
    /// The code of the region that it lies in.
    public let region: String?

    /// Makes an answer of its parts.
    public init(
        key: String,
        kind: RegistryKind,
        match: Match,
        field: String,
        shown: String,
        name: String? = nil,
        region: String? = nil
    ) {
        self.key = key
        self.kind = kind
        self.match = match
        self.field = field
        self.shown = shown
        self.name = name
        self.region = region
    }
}
