/// Where a fact was printed: a document and a place in it.
public struct Source: Sendable, Hashable, Codable {
    /// The document's file name.
    public let file: String
    /// The place in the document: section, table and row.
    public let locator: String

    /// Makes a source of its parts.
    public init(file: String, locator: String) {
        self.file = file
        self.locator = locator
    }
}
