extension Document {
    /// All figures that the document prints, in reading order; repeated where they are printed repeatedly.
    public var figures: [Figure] {
        blocks.flatMap(\.content).compactMap { inline in
            if case .figure(let figure) = inline { figure } else { nil }
        }
    }

    /// The lineage codes that the document prints, each once, in order of first appearance.
    public var lineageCodes: [String] {
        var seen: Set<String> = []
        return figures.map(\.lineage).filter { seen.insert($0).inserted }
    }
}

extension Block {
    /// The running text of the block, in reading order.
    var content: [Inline] {
        switch self {
        case .heading, .tiles: []
        case .paragraph(let content): content
        case .list(let list): list.items.flatMap(\.self)
        case .callout(let callout): callout.content
        case .table(let table): table.sections.flatMap(\.rows).flatMap(\.cells).flatMap(\.self)
        case .charts(let charts): charts.flatMap(\.caption)
        }
    }
}
