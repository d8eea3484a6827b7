public import DomainModel
import Mustache

/// Renders one page of HTML that stands alone: styles and drawings are inside, nothing is fetched, nothing runs.
///
/// Each figure is a `<data class="figure">` with its exact value and its lineage code. Made for screen and for paper
/// (A4), and told in grey as well as in colour.
public struct HTMLRenderer: DocumentRenderer {
    /// HTML.
    public let format = ReportFormat.html
    /// The media type of HTML.
    public let mediaType = "text/html; charset=utf-8"
    private let frame: MustacheTemplate

    /// Makes a renderer.
    ///
    /// - Throws: Never in practice: the template is a part of the program.
    public init() throws {
        frame = try MustacheTemplate(string: HTMLFrame.template)
    }

    /// The document as a page.
    public func render(_ document: Document) throws -> String {
        var body = HTMLBody()
        for block in document.blocks { body.append(block) }
        var facts = document.facts
        if !document.edition.isEmpty {
            facts.append(Document.Fact(RendererWords.edition[document.language], document.edition))
        }
        let context: [String: Any] = [
            "language": document.language == .zh ? "zh-Hans" : "en",
            "title": PlainText.clean(document.title),
            "subtitle": PlainText.clean(document.subtitle),
            "facts": facts.map { ["label": PlainText.clean($0.label), "text": PlainText.clean($0.text)] },
            "hasNotices": !document.notices.isEmpty,
            "noticesTitle": RendererWords.notices[document.language],
            "notices": document.notices.map(PlainText.clean),
            "contentsTitle": RendererWords.contents[document.language],
            "contents": document.blocks.compactMap { block -> [String: String]? in
                guard case .heading(let heading) = block, heading.level == 2 else { return nil }
                return ["anchor": heading.anchor, "text": PlainText.clean(heading.text)]
            },
            "showCodes": RendererWords.showCodes[document.language],
            "asOf": document.asOf.description,
            "style": HTMLStyle.text,
            "body": body.text,
        ]
        return frame.render(context)
    }
}
