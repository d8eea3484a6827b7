public import DomainModel

/// Renders the document tree itself, in canonical JSON.
///
/// Drawings are left out: they are made from the specifications that stand in the tree.
public struct JSONRenderer: DocumentRenderer {
    /// JSON.
    public let format = ReportFormat.json
    /// The media type of JSON.
    public let mediaType = "application/json"

    /// Makes a renderer.
    public init() {}

    /// The tree as JSON, members sorted by name.
    public func render(_ document: Document) throws -> String {
        var document = document
        document.blocks = document.blocks.map { block in
            guard case .charts(let charts) = block else { return block }
            return .charts(
                charts.map { chart in
                    var chart = chart
                    chart.svg = nil
                    return chart
                }
            )
        }
        return try CanonicalJSON.text(document)
    }
}
