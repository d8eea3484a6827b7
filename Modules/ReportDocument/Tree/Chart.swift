/// A chart: a Vega-Lite specification with its data, and the same in words.
public struct Chart: Sendable, Hashable, Codable {
    /// What the chart shows.
    public let caption: [Inline]
    /// What the chart says, written from its data, for those who do not see it.
    public let alternative: String
    /// The Vega-Lite specification, data included.
    ///
    /// Source: https://vega.github.io/vega-lite/docs/spec.html
    public let spec: JSONValue
    /// The drawing; absent until it is drawn.
    public var svg: String?

    /// Makes a chart of its parts.
    public init(caption: [Inline], alternative: String, spec: JSONValue, svg: String? = nil) {
        self.caption = caption
        self.alternative = alternative
        self.spec = spec
        self.svg = svg
    }
}
