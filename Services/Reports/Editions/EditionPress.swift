import Crypto
import DomainModel
import FoundationEssentials
import HTTPTypes
import PostgresClient
import ReportDocument
import ServiceKit
import Storage

/// Makes editions: assesses, writes, draws, renders, and keeps the result for good.
struct EditionPress: Sendable {
    let platform: Platform
    let assessor: Assessor
    let charts: any ChartDrawer
    let renderers: [any DocumentRenderer]

    init(platform: Platform, assessor: Assessor, charts: any ChartDrawer) throws {
        self.platform = platform
        self.assessor = assessor
        self.charts = charts
        renderers = [try HTMLRenderer(), MarkdownRenderer(), JSONRenderer()]
    }

    /// The media types of all formats, without parameters.
    var mediaTypes: [String] { renderers.map { String($0.mediaType.prefix { $0 != ";" }) } }

    /// The media type of a format.
    func mediaType(of format: ReportFormat) -> String {
        renderers.first { $0.format == format }?.mediaType ?? "application/octet-stream"
    }

    /// The edition that a request asks for, and whether it is new.
    ///
    /// The same request with the same knowledge gives the same bytes, which are found again rather than kept twice.
    ///
    /// - Parameters:
    ///   - request: The template, the plan, the period, the language and the instant.
    ///   - activity: In whose name, and on what occasion.
    /// - Returns: The edition, and whether it was made now.
    /// - Throws: ``Problem`` when there is no such plan.
    func make(_ request: EditionRequest, as activity: Activity) async throws -> (edition: Edition, isNew: Bool) {
        try await activity.report(done: 0, of: 3, "assessing")
        let question = AssessmentRequest(plan: request.plan, period: request.period, asOf: request.asOf)
        let assessment = try await assessor.assess(question, as: activity.preparing).assessment
        let name =
            [assessment.plan.code, request.template.rawValue, assessment.period.description]
            .joined(separator: "-") + "-" + request.language.rawValue
        let (region, documents) = try await platform.read(activity.principal) { connection in
            (
                try await RegionStore(connection).find(assessment.plan.region)?.record(),
                try await Self.documents(connection)
            )
        }
        guard let region else { throw StorageError.missing("region \(assessment.plan.region)") }
        try await activity.report(done: 1, of: 3, "writing")
        let writer = ReportWriter(
            assessment: assessment,
            region: region,
            language: request.language,
            edition: name,
            documents: documents
        )
        let document = await writer.document(request.template)
            .drawingCharts(with: charts)
        try await activity.report(done: 2, of: 3, "rendering")
        let contents = try renderers.map { renderer in
            let bytes = Array(try renderer.render(document).utf8)
            let rendering = Edition.Rendering(format: renderer.format, bytes: bytes.count, sha256: Self.digest(bytes))
            return EditionStore.Content(rendering: rendering, bytes: bytes)
        }
        let edition = Edition(
            id: 0,
            name: name,
            title: document.title,
            request: EditionRequest(
                template: request.template,
                plan: request.plan,
                period: assessment.period,
                language: request.language,
                asOf: assessment.asOf
            ),
            assessment: assessment.id,
            asOf: assessment.asOf,
            createdAt: assessment.asOf,
            renderings: contents.map(\.rendering),
            notices: document.notices
        )
        let fingerprint = Self.digest(Array(contents.map(\.rendering.sha256).joined(separator: "\n").utf8))
        return try await platform.write(activity) { work in
            let made = try await EditionStore(work.connection).create(
                edition,
                fingerprint: fingerprint,
                contents: contents,
                figures: document.lineageCodes
            )
            if made.isNew {
                try await work.record("create", .edition, made.edition.id, details: ["name": .text(name)])
                try await work.publish(
                    "ceyuan.edition.made",
                    subject: "/v1/editions/\(made.edition.id)",
                    EditionEvent(edition: made.edition.id, name: made.edition.name, request: made.edition.request)
                )
            } else {
                work.changesNothing()
            }
            _ = try await work.answer(Self.response(made.edition, isNew: made.isNew))
            return made
        }
    }

    /// An edition over HTTP.
    static func response(_ edition: Edition, isNew: Bool) throws -> APIResponse {
        try .json(edition, status: isNew ? .created : .ok, headers: [.location: "/v1/editions/\(edition.id)"])
    }

    // Titles of the source documents by file name: terms of a vocabulary, like other names.
    private static func documents(_ connection: PostgresConnection) async throws -> [String: LocalizedText] {
        let terms = try await ClassificationStore(connection)
            .list(ClassificationStore.Filter(vocabulary: "source_document"), ListQuestion(limit: 1_000))
            .records()
        return Dictionary(terms.items.map { ($0.code, $0.name) }, uniquingKeysWith: { first, _ in first })
    }

    private static func digest(_ bytes: [UInt8]) -> String {
        Hexadecimal.text(of: SHA256.hash(data: bytes), count: SHA256.Digest.byteCount)
    }
}

/// What subscribers are told of an edition. See docs/events.md.
private struct EditionEvent: Codable, Sendable {
    let edition: Int64
    let name: String
    let request: EditionRequest
}
