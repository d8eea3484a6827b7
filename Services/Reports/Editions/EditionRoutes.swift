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
        api.post("/v1/editions", summary: "Make an edition of a report", permission: .writeReports) { request in
            let order = try await request.body(as: EditionRequest.self)
            let (edition, isNew) = try await press.make(order, as: request.activity)
            return try EditionPress.response(edition, isNew: isNew)
        }
        api.get(
            "/v1/editions",
            summary: "Editions, newest first",
            permission: .readReports,
            query: [Parameter("plan", .text, "Only those of a plan"), .limit, .after]
        ) { request in
            let (plan, before) = (try request.query("plan"), try request.after.flatMap(Int64.init))
            let limit = try request.limit
            let found = try await platform.read(request.principal) { connection in
                try await EditionStore(connection).list(plan: plan, before: before, limit: limit + 1)
            }
            return try .json(Page(found, limit: limit) { String($0.id) })
        }
        api.get("/v1/editions/{id}", summary: "One edition", permission: .readReports, parameters: [Self.id]) {
            request in
            let id = try request.path("id", as: Int64.self)
            let found = try await platform.read(request.principal) { connection in
                try await EditionStore(connection).find(id)
            }
            guard let found else { throw Problem.notFound("edition", zh: "报告版本", id) }
            return try .json(found)
        }
        api.get(
            "/v1/editions/{id}/content",
            summary: "An edition as it was frozen, byte for byte",
            permission: .readReports,
            parameters: [Self.id],
            query: [Parameter("format", .choice(of: ReportFormat.self), "The format; html unless given")]
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

    private static let id = Parameter("id", .integer(1...Int.max), "Number of the edition", isRequired: true)
}
