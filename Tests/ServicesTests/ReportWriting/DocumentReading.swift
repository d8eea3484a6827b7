import ReportDocument

extension Array where Element == Inline {
    /// The text without its marks.
    var plain: String {
        map { inline in
            switch inline {
            case .text(let text), .strong(let text), .code(let text), .note(let text), .link(let text, _): text
            case .figure(let figure): figure.text
            case .lineBreak: "\n"
            }
        }.joined()
    }
}

extension Block {
    /// The running text of the block.
    var running: [Inline] {
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

extension Document {
    /// The blocks between a heading and the next.
    func blocks(under anchor: String) -> [Block] {
        var result: [Block] = []
        var isInside = false
        for block in blocks {
            if case .heading(let heading) = block {
                isInside = heading.anchor == anchor
            } else if isInside {
                result.append(block)
            }
        }
        return result
    }

    /// The points of the lists under a heading, as plain text.
    func points(under anchor: String) -> [String] {
        blocks(under: anchor).flatMap { block -> [String] in
            if case .list(let list) = block { return list.items.map(\.plain) }
            return []
        }
    }

    /// The first table under a heading.
    func table(under anchor: String) -> Table? {
        blocks(under: anchor).lazy.compactMap { block in
            if case .table(let table) = block { table } else { nil }
        }.first
    }

    /// The counts set large.
    var tiles: [Tile] {
        blocks.flatMap { block -> [Tile] in
            if case .tiles(let tiles) = block { return tiles }
            return []
        }
    }

    /// All charts.
    var charts: [Chart] {
        blocks.flatMap { block -> [Chart] in
            if case .charts(let charts) = block { return charts }
            return []
        }
    }

    /// The running text of all sections but some.
    func sections(except anchors: Set<String>) -> [Inline] {
        var result: [Inline] = []
        var isLeftOut = false
        for block in blocks {
            if case .heading(let heading) = block { isLeftOut = anchors.contains(heading.anchor) }
            if !isLeftOut { result += block.running }
        }
        return result
    }
}
