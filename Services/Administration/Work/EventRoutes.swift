import DomainModel
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
            zh: "某位置之后的事件，按顺序；next 为继续读取的位置",
            permission: .readEvents,
            query: [
                Parameter(
                    "after",
                    .integer(0...Int.max),
                    "Position after which to begin; 0 is the beginning",
                    zh: "从该位置之后开始，0 为最早"
                ),
                Parameter(
                    "type",
                    .text,
                    "Only events of this type; ceyuan.batch.* for all of them",
                    zh: "仅该类型；ceyuan.batch.* 表示一类",
                    isRepeatable: true
                ),
                Parameter("subject", .text, "Only events of this subject", zh: "仅该对象"),
                Parameter("wait", .integer(0...60), "Wait so many seconds for the first event", zh: "等待首个事件的秒数"),
                .limit,
            ],
            answers: [.json(EventPage.self)],
            problems: [.eventsGone],
            handler: list
        )
        api.get(
            "/v1/events/newest",
            summary: "The position of the newest event; 0 before the first",
            zh: "最新事件的位置",
            permission: .readEvents,
            answers: [.json(Newest.self)],
            problems: []
        ) { request in
            try request.requireEverywhere()
            _ = try await platform.database.withTransaction { try await OutboxStore($0).place() }
            let newest = try await platform.read(request.principal) { try await OutboxStore($0).newest() }
            return try .json(Newest(newest: newest))
        }
    }

    struct Newest: Codable, Sendable {
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

/// The events of an answer as its documentation has them; the bytes come from the database.
struct EventPage: Codable, Sendable {
    /// CloudEvents 1.0 in JSON.
    struct Event: Codable, Sendable {
        let specversion: String
        let id: String
        let source: String
        let type: String
        let subject: String
        let time: Instant
        let datacontenttype: String
        let sequence: String
        let position: String
        let activity: String
        /// Absent where the event belongs to no trace.
        let traceparent: String?
        let data: Contents
    }

    /// What an event carries: see docs/events.md.
    struct Contents: Codable, Sendable, SchemaDescribing {
        static var schema: ValueSchema { .anyObject("Keys, states and counts, by the type of the event") }
        static var sample: Contents { Contents() }
    }

    let items: [Event]
    let next: String
}
