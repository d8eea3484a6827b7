import DomainModel
import ReportDocument
import Testing

@Suite("hostile text")
struct EscapingTests {
    @Test("HTML opens no tag, ends no attribute and leads to no script")
    func html() throws {
        let page = try HTMLRenderer().render(Samples.everything(Samples.hostile))
        let body = try #require(page.split(separator: "<body>").last)
        #expect(!page.contains("<script"))
        #expect(!page.contains("href=\"javascript"))
        #expect(!page.contains("\u{202E}"))
        #expect(body.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"))
        // Every tag of the body is one that the renderer writes.
        let tags = Set(body.matches(of: /<([a-z0-9]+)/).map { String($0.output.1) })
        let known: Set<String> = [
            "div", "header", "h1", "h2", "p", "dl", "dt", "dd", "nav", "ol", "ul", "li", "a", "label", "input", "main",
            "strong", "span", "data", "aside", "table", "caption", "thead", "tbody", "tr", "th", "td", "small", "code",
            "br", "figure", "figcaption",
        ]
        #expect(tags.isSubset(of: known), "\(tags.subtracting(known))")
    }

    @Test("attributes hold hostile values and identifiers")
    func attributes() throws {
        let figure = Figure(text: "1", value: "\" onclick=\"x", lineage: "\"><b>")
        let page = try HTMLRenderer().render(
            Samples.document([
                .heading(Heading("t", anchor: "\"><i>")),
                .paragraph([.figure(figure), .link("a", to: "https://x/\">y")]),
            ])
        )
        #expect(page.contains("value=\"&quot; onclick=&quot;x\""))
        #expect(page.contains("title=\"&quot;&gt;&lt;b&gt;\""))
        #expect(page.contains("<h2 id=\"---i-\">"))
        #expect(page.contains("href=\"https://x/%22%3Ey\""))
    }

    @Test("a cell of a Markdown table stays one cell")
    func markdown() throws {
        let table = Table(
            caption: "",
            columns: [Table.Column("a"), Table.Column("b")],
            sections: [Table.Section([Table.Row([[.text(Samples.hostile)], [.code(Samples.hostile)]])])]
        )
        let text = try MarkdownRenderer().render(Samples.document([.table(table)]))
        let row = try #require(text.split(separator: "\n").last)
        // Bars that are not escaped part the cells: one before, one between, one after.
        var bars = 0
        var isEscaped = false
        for character in row {
            if character == "|", !isEscaped { bars += 1 }
            isEscaped = character == "\\" && !isEscaped
        }
        #expect(bars == 3)
        #expect(row.contains(#"\<script\>"#))
        #expect(row.contains(#"\`a\`\`b\`"#))
        #expect(!text.contains("\u{202E}"))
    }

    @Test("a Markdown heading stays on its line")
    func headings() throws {
        let text = try MarkdownRenderer().render(Samples.document([.heading(Heading("a\n# b", anchor: "a"))]))
        #expect(text.contains(##"## a \# b"##))
    }
}
