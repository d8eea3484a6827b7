import NIOCore
import PostgresClient
import ServiceKit
import Storage

/// The feed of events over HTTP: resumable, without gaps.
struct EventRoutes: Sendable {
    let platform: Platform

    func mount(on api: APIRouter) {
        api.get(
            "/v1/events",
            summary: "Events after a position, in their order; “next” is the position to go on from",
            permission: .readEvents,
            query: [
                Parameter("after", .integer(0...Int.max), "Position after which to begin; 0 is the beginning"),
                Parameter(
                    "type",
                    .text,
                    "Only events of this type; ceyuan.batch.* for all of them",
                    isRepeatable: true
                ),
                Parameter("subject", .text, "Only events of this subject"),
                Parameter("wait", .integer(0...60), "Wait so many seconds for the first event"), .limit,
            ],
            handler: list
        )
        api.get(
            "/v1/events/newest",
            summary: "The position of the newest event; 0 before the first",
            permission: .readEvents
        ) { request in
            try request.requireEverywhere()
            _ = try await platform.database.withTransaction { try await OutboxStore($0).place() }
            let newest = try await platform.read(request.principal) { try await OutboxStore($0).newest() }
            return try .json(Newest(newest: newest))
        }
    }

    private struct Newest: Codable, Sendable {
        let newest: Int64
    }

    @Sendable private func list(_ request: APIRequest) async throws -> APIResponse {
        try request.requireEverywhere()
        var question = EventFeed.Question()
        question.after = try request.query("after", as: Int64.self) ?? 0
        question.types = try request.queryAll("type")
        question.subject = try request.query("subject")
        question.limit = try request.limit
        question.wait = .seconds(try request.query("wait", as: Int.self) ?? 0)
        let part = try await EventFeed(platform.database).read(question)
        // The documents come as JSON from the database; they are only put together here.
        var body = ByteBuffer(string: #"{"items":["#)
        for (index, document) in part.documents.enumerated() {
            if index > 0 { body.writeString(",") }
            body.writeString(document)
        }
        body.writeString(#"],"next":"\#(part.next)"}"#)
        return .bytes(body, contentType: "application/json; charset=utf-8")
    }
}
