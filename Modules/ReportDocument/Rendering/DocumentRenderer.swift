public import DomainModel

/// Turns a document into the bytes of a format.
public protocol DocumentRenderer: Sendable {
    /// The format that is made.
    var format: ReportFormat { get }

    /// The media type of the format.
    var mediaType: String { get }

    /// The text of the document in the format; the same document always gives the same text.
    func render(_ document: Document) throws -> String
}
