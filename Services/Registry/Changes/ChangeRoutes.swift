import DomainModel
import ServiceKit
import Storage

/// The feed of changes: what was recorded of records, for other systems to follow.
struct ChangeRoutes: Sendable {
    let platform: Platform

    private static let kind = Parameter(
        "kind",
        .choice(of: RegistryKind.self),
        "Only changes of records of this kind",
        zh: "仅此类记录的变更",
        isRepeatable: true
    )

    func mount(on api: APIRouter) {
        api.get(
            "/v1/changes",
            summary: "What was recorded of records, in the order of recording, for systems that follow; without values",
            zh: "按记录先后列出各记录的变更，供其他系统跟随；不含字段值",
            permission: .readRecords,
            query: [
                Parameter(
                    "after",
                    .text(maximum: 64),
                    "Only what comes after: “next” of the answer before; from the beginning unless given",
                    zh: "仅列此后的变更：上次答复的 next，默认从头开始"
                ),
                Self.kind, .limit,
                Parameter("wait", .integer(0...60), "Wait so many seconds for the first", zh: "最多等待首条变更的秒数"),
            ],
            answers: [.json(RecordChanges.self)],
            problems: [],
            handler: changes
        )
        api.get(
            "/v1/changes/newest",
            summary: "The place after all that has been recorded, to follow from there",
            zh: "当前变更的末尾位置，可由此开始跟随",
            permission: .readRecords,
            answers: [.json(RecordChanges.self)],
            problems: []
        ) { request in
            let place = try await platform.read(request.principal) { try await RecordChangeStore($0).newest() }
            return try .json(RecordChanges(items: [], next: place.text))
        }
    }

    @Sendable private func changes(_ request: APIRequest) async throws -> APIResponse {
        let kinds = try request.queryAll("kind").compactMap(RegistryKind.init)
        let limit = try request.limit
        let end = ContinuousClock.now + .seconds(try request.query("wait", as: Int.self) ?? 0)
        var place = ChangePlace.start
        if let after = try request.query("after") {
            guard let given = ChangePlace(after) else {
                let expected = LocalizedText(zh: "上次答复的 next", en: "“next” of an answer before")
                throw Problem.parameter("after", given: after, expected: expected)
            }
            place = given
        }
        while true {
            let part = try await platform.read(request.principal) { connection in
                try await RecordChangeStore(connection).changes(after: place, kinds: kinds, limit: limit)
            }
            place = part.next
            // What the caller may not see, or has not asked for, is passed by; a little of it at a time.
            if !part.changes.isEmpty || (!part.hasMore && ContinuousClock.now >= end) {
                return try .json(RecordChanges(items: part.changes, next: place.text))
            }
            if !part.hasMore { try await Task.sleep(for: .milliseconds(200)) }
        }
    }
}
