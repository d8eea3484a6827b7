public import DomainModel

/// Renders CommonMark with the tables of GitHub Flavored Markdown. Each figure is followed by its lineage code.
///
/// Source: CommonMark 0.31.2, §2.4 (backslash escapes); GFM 0.29, §4.10 (tables).
public struct MarkdownRenderer: DocumentRenderer {
    /// Markdown.
    public let format = ReportFormat.markdown
    /// The media type of Markdown (RFC 7763).
    public let mediaType = "text/markdown; charset=utf-8; variant=GFM"

    /// Makes a renderer.
    public init() {}

    /// The document as Markdown text.
    public func render(_ document: Document) throws -> String {
        var parts = ["# \(Self.escape(document.title))"]
        if !document.subtitle.isEmpty { parts.append(Self.escape(document.subtitle)) }
        var facts = document.facts
        if !document.edition.isEmpty {
            facts.append(Document.Fact(RendererWords.edition[document.language], document.edition))
        }
        if !facts.isEmpty {
            parts.append(facts.map { "- \(Self.escape($0.label)): \(Self.escape($0.text))" }.joined(separator: "\n"))
        }
        parts += document.notices.map { "> **\(Self.escape($0))**" }
        parts += document.blocks.map(block)
        return parts.joined(separator: "\n\n") + "\n"
    }

    private func block(_ block: Block) -> String {
        switch block {
        case .heading(let heading):
            String(repeating: "#", count: max(1, min(6, heading.level))) + " " + Self.escape(heading.text)
        case .paragraph(let content): inlines(content)
        case .list(let list):
            list.items.enumerated().map { index, item in
                (list.isOrdered ? "\(index + 1). " : "- ") + inlines(item)
            }.joined(separator: "\n")
        case .callout(let callout): "> " + inlines(callout.content)
        case .tiles(let tiles):
            tiles.map { tile in
                let note = tile.note.isEmpty ? "" : " – \(Self.escape(tile.note))"
                return "- \(Self.escape(tile.label)): **\(Self.escape(tile.value))**\(note)"
            }.joined(separator: "\n")
        case .table(let table): self.table(table)
        case .charts(let charts):
            charts.map { "- \(inlines($0.caption)): \(Self.escape($0.alternative))" }.joined(separator: "\n")
        }
    }

    private func table(_ table: Table) -> String {
        var lines: [String] = []
        if !table.caption.isEmpty { lines += ["**\(Self.escape(table.caption))**", ""] }
        lines.append("| " + table.columns.map { Self.escape($0.title) }.joined(separator: " | ") + " |")
        let rules = table.columns.map { column in
            switch column.alignment {
            case .start: "---"
            case .center: ":---:"
            case .end: "---:"
            }
        }
        lines.append("| " + rules.joined(separator: " | ") + " |")
        for section in table.sections {
            if !section.title.isEmpty {
                let rest = Array(repeating: "", count: max(0, table.columns.count - 1))
                lines.append("| " + (["**\(Self.escape(section.title))**"] + rest).joined(separator: " | ") + " |")
            }
            for row in section.rows {
                lines.append("| " + row.cells.map { inlines($0, inTable: true) }.joined(separator: " | ") + " |")
            }
        }
        return lines.joined(separator: "\n")
    }

    private func inlines(_ content: [Inline], inTable: Bool = false) -> String {
        content.map { inline in
            switch inline {
            case .text(let text): Self.escape(text)
            case .strong(let text): "**\(Self.escape(text))**"
            case .figure(let figure): "\(Self.escape(figure.text)) \(Self.code(figure.lineage))"
            case .link(let text, let to):
                LinkTarget.isSafe(to) ? "[\(Self.escape(text))](<\(LinkTarget.encode(to))>)" : Self.escape(text)
            // A code span cannot hold every bar without ending the cell, escaped text can.
            case .code(let text): inTable && text.contains("|") ? Self.escape(text) : Self.code(text)
            case .note(let text): "(\(Self.escape(text)))"
            case .lineBreak: "<br>"
            }
        }.joined()
    }

    /// The text with a backslash before each character that could mean something.
    static func escape(_ text: String) -> String {
        let special: Set<Character> = [
            "\\", "`", "*", "_", "{", "}", "[", "]", "<", ">", "#", "|", "~", "&", "$", "!", "+", "=",
        ]
        return PlainText.clean(text).reduce(into: "") { result, character in
            if special.contains(character) { result.append("\\") }
            result.append(character)
        }
    }

    /// A code span; its fence is longer than any row of backticks in the text.
    static func code(_ text: String) -> String {
        let text = PlainText.clean(text)
        var longest = 0
        var run = 0
        for character in text {
            run = character == "`" ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: longest + 1)
        let pad = text.hasPrefix("`") || text.hasSuffix("`") ? " " : ""
        return fence + pad + text + pad + fence
    }
}
