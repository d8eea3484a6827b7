/// Writes the blocks of a document as HTML.
struct HTMLBody {
    private(set) var text = ""
    private var drawings = 0

    mutating func append(_ block: Block) {
        switch block {
        case .heading(let heading):
            let level = max(1, min(6, heading.level))
            line(
                "<h\(level) id=\"\(HTMLText.identifier(heading.anchor))\">\(HTMLText.escape(heading.text))</h\(level)>"
            )
        case .paragraph(let content): line("<p>\(Self.inlines(content))</p>")
        case .list(let list):
            let tag = list.isOrdered ? "ol" : "ul"
            line("<\(tag)>")
            for item in list.items { line("<li>\(Self.inlines(item))</li>") }
            line("</\(tag)>")
        case .callout(let callout):
            line(
                "<aside class=\"callout \(callout.tone.rawValue)\" role=\"note\">\(Self.inlines(callout.content))</aside>"
            )
        case .tiles(let tiles): append(tiles)
        case .table(let table): append(table)
        case .charts(let charts):
            line("<div class=\"charts\">")
            for chart in charts { append(chart) }
            line("</div>")
        }
    }

    private mutating func append(_ tiles: [Tile]) {
        line("<dl class=\"tiles\">")
        for tile in tiles {
            let tone = tile.tone.map { " \($0.rawValue)" } ?? ""
            let note = tile.note.isEmpty ? "" : "<dd class=\"remark\">\(HTMLText.escape(tile.note))</dd>"
            let label = "<dt>\(HTMLText.escape(tile.label))</dt>"
            line(
                "<div class=\"tile\(tone)\">\(label)<dd class=\"count\">\(HTMLText.escape(tile.value))</dd>\(note)</div>"
            )
        }
        line("</dl>")
    }

    private mutating func append(_ table: Table) {
        line("<div class=\"sheet\"><table class=\"columns-\(table.columns.count)\">")
        if !table.caption.isEmpty { line("<caption>\(HTMLText.escape(table.caption))</caption>") }
        line("<thead><tr>")
        for column in table.columns {
            line("<th scope=\"col\" class=\"\(column.alignment.rawValue)\">\(HTMLText.escape(column.title))</th>")
        }
        line("</tr></thead>")
        for section in table.sections {
            line("<tbody>")
            if !section.title.isEmpty {
                let title = HTMLText.escape(section.title)
                line(
                    "<tr class=\"section\"><th scope=\"rowgroup\" colspan=\"\(table.columns.count)\">\(title)</th></tr>"
                )
            }
            for row in section.rows {
                line(row.anchor.isEmpty ? "<tr>" : "<tr id=\"\(HTMLText.identifier(row.anchor))\">")
                for (index, cell) in row.cells.enumerated() where index < table.columns.count {
                    let alignment = table.columns[index].alignment.rawValue
                    let content = Self.inlines(cell)
                    line(
                        index == table.rowHeader
                            ? "<th scope=\"row\" class=\"\(alignment)\">\(content)</th>"
                            : "<td class=\"\(alignment)\">\(content)</td>"
                    )
                }
                line("</tr>")
            }
            line("</tbody>")
        }
        line("</table></div>")
    }

    private mutating func append(_ chart: Chart) {
        line("<figure class=\"chart\"><figcaption>\(Self.inlines(chart.caption))</figcaption>")
        if let svg = chart.svg {
            drawings += 1
            line(Self.embedded(svg, alternative: chart.alternative, number: drawings))
        } else {
            line("<p class=\"alternative\">\(HTMLText.escape(chart.alternative))</p>")
        }
        line("</figure>")
    }

    /// The drawing as one image with its words; its own names are made unique in the page.
    private static func embedded(_ svg: String, alternative: String, number: Int) -> String {
        var svg = svg.replacing("id=\"", with: "id=\"d\(number)-").replacing("url(#", with: "url(#d\(number)-")
        svg = svg.replacing("href=\"#", with: "href=\"#d\(number)-")
        guard let start = svg.firstRange(of: "<svg ") else { return "" }
        svg.replaceSubrange(start, with: "<svg role=\"img\" aria-label=\"\(HTMLText.escape(alternative))\" ")
        return svg
    }

    static func inlines(_ content: [Inline]) -> String {
        content.map { inline in
            switch inline {
            case .text(let text): HTMLText.escape(text)
            case .strong(let text): "<strong>\(HTMLText.escape(text))</strong>"
            case .figure(let figure): self.figure(figure)
            case .link(let text, let to):
                LinkTarget.isSafe(to)
                    ? "<a href=\"\(HTMLText.escape(LinkTarget.encode(to)))\">\(HTMLText.escape(text))</a>"
                    : HTMLText.escape(text)
            case .code(let text): "<code>\(HTMLText.escape(text))</code>"
            case .note(let text): "<small>\(HTMLText.escape(text))</small>"
            case .lineBreak: "<br>"
            }
        }.joined()
    }

    private static func figure(_ figure: Figure) -> String {
        let tone = figure.tone.map { " \($0.rawValue)" } ?? ""
        let code = HTMLText.escape(figure.lineage)
        return "<span class=\"traced\"><data class=\"figure\(tone)\" value=\"\(HTMLText.escape(figure.value))\" "
            + "title=\"\(code)\">\(HTMLText.escape(figure.text))</data><span class=\"lineage\">\(code)</span></span>"
    }

    private mutating func line(_ line: String) {
        text += line + "\n"
    }
}
