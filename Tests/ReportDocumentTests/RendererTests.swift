import DomainModel
import FoundationEssentials
import ReportDocument
import Testing

@Suite("renderers")
struct RendererTests {
    private let renderers: [any DocumentRenderer]

    init() throws {
        renderers = [try HTMLRenderer(), MarkdownRenderer(), JSONRenderer()]
    }

    /// The texts and codes of the figures, as each format prints them.
    private func figures(in text: String, _ format: ReportFormat) throws -> [String] {
        switch format {
        case .html:
            text.matches(of: /<data class="figure[^"]*" value="[^"]*" title="([^"]*)">([^<]*)<\/data>/)
                .map { "\($0.output.2) \($0.output.1)" }
        case .markdown:
            text.matches(of: /([0-9.,]+) `([OTF]-[0-9A-Z.]+)`/).map { "\($0.output.1) \($0.output.2)" }
        case .json:
            try JSONDecoder().decode(Document.self, from: Data(text.utf8)).figures.map { "\($0.text) \($0.lineage)" }
        }
    }

    @Test("figures and their lineage codes are equal in all formats")
    func equalFigures() throws {
        let document = Samples.everything()
        let expected = document.figures.map { "\($0.text) \($0.lineage)" }
        #expect(expected.count == 8)
        for renderer in renderers {
            let text = try renderer.render(document)
            #expect(try figures(in: text, renderer.format) == expected, "\(renderer.format)")
        }
    }

    @Test("the same document gives the same bytes")
    func deterministic() throws {
        for renderer in renderers {
            let texts = try (0..<5).map { _ in try renderer.render(Samples.everything()) }
            #expect(Set(texts).count == 1)
        }
    }

    @Test("a document survives its JSON")
    func roundTrip() throws {
        let document = Samples.everything()
        let text = try JSONRenderer().render(document)
        #expect(try CanonicalJSON.decode(Document.self, from: text) == document)
        #expect(text.hasPrefix(#"{"asOf":"2020-09-13T12:26:40.000000Z","blocks":[{"heading":{"anchor":"one""#))
    }

    @Test("JSON leaves drawings out, so that it is the same with and without the drawing program")
    func withoutDrawings() throws {
        let chart = Chart(caption: [.text("图")], alternative: "图", spec: ["mark": "bar"])
        var drawn = chart
        drawn.svg = "<svg />"
        let texts = try [chart, drawn].map { try JSONRenderer().render(Samples.document([.charts([$0])])) }
        #expect(texts[0] == texts[1])
    }

    @Test("an unknown kind of block is refused with the kinds that exist")
    func unknownBlock() {
        #expect(throws: DecodingError.self) { try CanonicalJSON.decode(Block.self, from: #"{"video":{}}"#) }
        #expect(throws: DecodingError.self) { try CanonicalJSON.decode(Inline.self, from: #"{"blink":"x"}"#) }
    }
}
