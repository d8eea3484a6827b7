public import DomainModel

extension Document {
    /// The bytes of the document in a format; the same document always gives the same bytes.
    public func rendered(as format: ReportFormat) throws -> [UInt8] {
        let renderer: any DocumentRenderer =
            switch format {
            case .html: try HTMLRenderer()
            case .markdown: MarkdownRenderer()
            case .json: JSONRenderer()
            }
        return Array(try renderer.render(self).utf8)
    }
}
