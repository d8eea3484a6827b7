import DomainModel
import HTTPTypes
import NIOCore
import ServiceKit
import Storage

/// Editions of reports over HTTP.
struct EditionRoutes: Sendable {
    let platform: Platform
    let press: EditionPress

    func mount(on api: APIRouter) {
        api.post(
            "/v1/editions",
            summary: "Make an edition of a report",
            zh: "制作报告版本",
            permission: .writeReports,
            body: .json(EditionRequest.self),
            isLong: true,
            answers: [.json(Edition.self, status: .created), .json(Edition.self)],
            problems: [.notFound]
        ) { request in
            let order = try await request.body(as: EditionRequest.self)
            let (edition, isNew) = try await press.make(order, as: request.activity)
            return try EditionPress.response(edition, isNew: isNew)
        }
        api.get(
            "/v1/editions",
            summary: "Editions, newest first",
            zh: "报告版本，最新在前",
            permission: .readReports,
            query: [Parameter("plan", .text, "Only those of a plan", zh: "仅该规划")]
                + Parameter.paging(sort: EditionStore.sortable),
            answers: [.json(Page<Edition>.self)],
            problems: []
        ) { request in
            let (plan, question) = (try request.query("plan"), try request.listQuestion)
            let page = try await platform.read(request.principal) { connection in
                try await EditionStore(connection).list(plan: plan, question)
            }
            return try .page(page, for: request)
        }
        api.get(
            "/v1/editions/{id}",
            summary: "One edition",
            zh: "单个报告版本",
            permission: .readReports,
            parameters: [Self.id],
            answers: [.json(Edition.self)],
            problems: [.notFound]
        ) { request in
            let id = try request.path("id", as: Int64.self)
            let found = try await EditionStore(platform.reader(for: request.principal)).find(id)
            guard let found else { throw Problem.notFound("edition", zh: "报告版本", id) }
            return try .json(found)
        }
        api.get(
            "/v1/editions/{id}/content",
            summary: "An edition as it was frozen, byte for byte",
            zh: "定稿时的报告版本，逐字节一致",
            permission: .readReports,
            parameters: [Self.id],
            query: [
                Parameter("format", .choice(of: ReportFormat.self), "The format; html unless given", zh: "格式，默认 html")
            ],
            answers: [.media(press.mediaTypes)],
            problems: [.notFound]
        ) { request in
            let id = try request.path("id", as: Int64.self)
            let format = try request.query("format", as: ReportFormat.self) ?? .html
            let content = try await platform.read(request.principal) { connection in
                try await EditionStore(connection).content(of: id, format: format)
            }
            guard let content else { throw Problem.notFound("edition", zh: "报告版本", id) }
            return .bytes(
                ByteBuffer(bytes: content.bytes),
                contentType: press.mediaType(of: format),
                headers: [.eTag: "\"\(content.rendering.sha256)\""]
            )
        }
    }

    private static let id = Parameter(
        "id",
        .integer(1...Int.max),
        "Number of the edition",
        zh: "版本编号",
        isRequired: true
    )
}
