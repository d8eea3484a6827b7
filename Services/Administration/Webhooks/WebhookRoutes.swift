import DomainModel
import FoundationEssentials
import HTTPTypes
import PostgresClient
import ServiceKit
import Storage

/// Subscriptions over HTTP: who is told of events, how that goes, and what to do when it does not.
struct WebhookRoutes: Sendable {
    let platform: Platform
    let courier: WebhookCourier
    let vault: WebhookVault

    /// What somebody says to subscribe.
    struct Order: Codable, Sendable {
        let url: String
        let types: [String]?
        let description: String?
    }

    /// How many dead letters went back.
    struct Replayed: Codable, Sendable {
        let replayed: Int
    }

    func mount(on api: APIRouter) {
        api.get(
            "/v1/webhooks",
            summary: "Subscriptions by number",
            zh: "订阅，按编号",
            permission: .readWebhooks,
            query: [.limit, .after],
            answers: [.json(Page<WebhookSubscription>.self)],
            problems: []
        ) { request in
            try request.requireEverywhere()
            let (after, limit) = (try request.number(after: request.after), try request.limit)
            let items = try await platform.read(request.principal) {
                try await WebhookStore($0).list(after: after, limit: limit)
            }
            return try .page(
                Page(items: items, next: items.count == limit ? items.last.map { String($0.id) } : nil),
                for: request
            )
        }
        api.post(
            "/v1/webhooks",
            summary: "Subscribes; the answer shows the secret, this once",
            zh: "订阅事件；密钥仅显示这一次",
            permission: .manageWebhooks,
            body: .json(Order.self),
            answers: [.json(NewWebhook.self, status: .created)],
            problems: [.webhookAddressRefused],
            handler: create
        )
        api.get(
            "/v1/webhooks/{id}",
            summary: "One subscription",
            zh: "单个订阅",
            permission: .readWebhooks,
            parameters: [Self.id],
            answers: [.json(WebhookSubscription.self)],
            problems: [.notFound]
        ) {
            request in
            try request.requireEverywhere()
            let id = try request.path("id", as: Int64.self)
            return try .json(try await platform.read(request.principal) { try await Self.find(id, WebhookStore($0)) })
        }
        api.delete(
            "/v1/webhooks/{id}",
            summary: "Unsubscribes",
            zh: "取消订阅",
            permission: .manageWebhooks,
            parameters: [Self.id],
            answers: [.empty()],
            problems: [.notFound]
        ) {
            request in
            try request.requireEverywhere()
            let id = try request.path("id", as: Int64.self)
            try await platform.write(request.activity) { work in
                guard try await WebhookStore(work.connection).remove(id) else { throw Self.missing(id) }
                work.record(AuditEntry("webhook.remove", of: "\(id)"))
            }
            return .empty()
        }
        api.get(
            "/v1/webhooks/{id}/attempts",
            summary: "The delivery log, newest first",
            zh: "投递日志，最新在前",
            permission: .readWebhooks,
            parameters: [Self.id],
            query: [
                Parameter(
                    "outcome",
                    .choice(of: WebhookAttempt.Outcome.self),
                    "Only attempts of this outcome",
                    zh: "仅该结果"
                ), .limit,
                .after,
            ],
            answers: [.json(Page<WebhookAttempt>.self)],
            problems: [.notFound],
            handler: attempts
        )
        api.post(
            "/v1/webhooks/{id}/test",
            summary: "Sends a test event now, and answers with what came of it",
            zh: "立即发送测试事件并返回结果",
            permission: .manageWebhooks,
            parameters: [Self.id],
            body: .none,
            answers: [.json(WebhookAttempt.self)],
            problems: [.notFound]
        ) { request in
            try request.requireEverywhere()
            let id = try request.path("id", as: Int64.self)
            let event = UUID().uuidString.lowercased()
            let attempt = try await courier.test(
                id,
                event: event,
                at: platform.clock.now,
                traceparent: request.traceparent
            )
            guard let attempt else { throw Self.missing(id) }
            return try .json(attempt)
        }
        for (verb, isPaused, summary, zh) in [
            ("pause", true, "Stops sending; events gather", "暂停投递；事件累积"),
            ("resume", false, "Sends again, from where it stopped", "从停止处恢复投递"),
        ] {
            api.post(
                "/v1/webhooks/{id}/\(verb)",
                summary: summary,
                zh: zh,
                permission: .manageWebhooks,
                parameters: [Self.id],
                body: .none,
                answers: [.json(WebhookSubscription.self)],
                problems: [.notFound]
            ) { request in
                try request.requireEverywhere()
                let id = try request.path("id", as: Int64.self)
                return try await platform.write(request.activity) { work in
                    let store = WebhookStore(work.connection)
                    guard try await store.set(id, isPaused: isPaused) else { throw Self.missing(id) }
                    work.record(AuditEntry("webhook.\(verb)", of: "\(id)"))
                    return try await work.answer(.json(Self.find(id, store)))
                }
            }
        }
        mountDeadLetters(on: api)
        mountRotation(on: api)
    }

    private func mountDeadLetters(on api: APIRouter) {
        let position = Parameter(
            "position",
            .integer(1...Int.max),
            "Only the event at this position of the feed",
            zh: "仅该位置的事件"
        )
        api.post(
            "/v1/webhooks/{id}/replay",
            summary: "Sends dead letters again; what waits behind them follows in order",
            zh: "重新投递未送达的事件，其后的按序跟随",
            permission: .manageWebhooks,
            parameters: [Self.id],
            query: [position],
            body: .none,
            answers: [.json(Replayed.self)],
            problems: [.notFound]
        ) { request in
            try request.requireEverywhere()
            let (id, position) = (
                try request.path("id", as: Int64.self), try request.query("position", as: Int64.self)
            )
            return try await platform.write(request.activity) { work in
                let store = WebhookStore(work.connection)
                _ = try await Self.find(id, store)
                let count = try await store.replay(id, position: position)
                work.record(AuditEntry("webhook.replay", of: "\(id)", details: ["events": .count(count)]))
                return try await work.answer(.json(Replayed(replayed: count)))
            }
        }
        api.post(
            "/v1/webhooks/{id}/skip",
            summary: "Lets a dead letter go, so that the later events of its subject are sent",
            zh: "放弃一个未送达的事件，使同一对象的后续事件得以投递",
            permission: .manageWebhooks,
            parameters: [Self.id],
            query: [
                Parameter("position", .integer(1...Int.max), "Position of the event", zh: "事件的位置", isRequired: true)
            ],
            body: .none,
            answers: [.empty()],
            problems: [.notFound]
        ) { request in
            try request.requireEverywhere()
            let id = try request.path("id", as: Int64.self)
            let position = Int64(try request.requiredQuery("position")) ?? 0
            return try await platform.write(request.activity) { work in
                guard try await WebhookStore(work.connection).skip(id, position: position) else {
                    throw Problem.notFound("dead letter", zh: "未送达事件", position)
                }
                work.record(AuditEntry("webhook.skip", of: "\(id)", details: ["position": .count(position)]))
                return try await work.answer(.empty())
            }
        }
    }

    static let id = Parameter(
        "id",
        .integer(1...Int.max),
        "Number of the subscription",
        zh: "订阅编号",
        isRequired: true
    )

    static func missing(_ id: Int64) -> Problem { Problem.notFound("webhook", zh: "回调", id) }

    static func find(_ id: Int64, _ store: WebhookStore) async throws -> WebhookSubscription {
        guard let webhook = try await store.find(id) else { throw missing(id) }
        return webhook
    }

    @Sendable private func create(_ request: APIRequest) async throws -> APIResponse {
        try request.requireEverywhere()
        let order = try await request.body(as: Order.self)
        let types = order.types ?? ["*"]
        guard !types.isEmpty, types.count <= 100, types.allSatisfy({ (1...200).contains($0.count) }) else {
            throw Problem(.bodyInvalid, "types: expected 1 to 100 types.", zh: "types：应为 1 到 100 个类型。")
        }
        try await courier.check(order.url)
        let key = WebhookVault.newSecret()
        let sealed = try vault.seal(key)
        let webhook = try await platform.write(request.activity) { work in
            let store = WebhookStore(work.connection)
            let id = try await store.create(
                url: order.url,
                description: order.description ?? "",
                types: types,
                secret: sealed
            )
            let webhook = try await Self.find(id, store)
            work.record(
                AuditEntry("webhook.create", of: "\(id)", details: ["types": .text(types.joined(separator: " "))])
            )
            // The answer that is kept for a repetition must not hold the secret in clear.
            _ = try await work.answer(Self.created(NewWebhook(subscription: webhook, secret: nil)))
            return webhook
        }
        return try Self.created(NewWebhook(subscription: webhook, secret: WebhookVault.text(of: key)))
    }

    private static func created(_ answer: NewWebhook) throws -> APIResponse {
        var headers = answer.headers
        headers[.location] = "/v1/webhooks/\(answer.subscription.id)"
        return try .json(answer, status: .created, headers: headers)
    }

    @Sendable private func attempts(_ request: APIRequest) async throws -> APIResponse {
        try request.requireEverywhere()
        let id = try request.path("id", as: Int64.self)
        let outcome = try request.query("outcome", as: WebhookAttempt.Outcome.self)
        let limit = try request.limit
        let before = try request.after.map { cursor in
            guard let instant = Instant(cursor) else {
                throw Problem(.parameterInvalid, "after: expected “next” of a page.", zh: "after 应为上一页的 next。")
            }
            return instant
        }
        let items = try await platform.read(request.principal) { connection in
            let store = WebhookStore(connection)
            _ = try await Self.find(id, store)
            return try await store.attempts(of: id, outcome: outcome, before: before, limit: limit)
        }
        return try .page(
            Page(items: items, next: items.count == limit ? items.last?.at.description : nil),
            for: request
        )
    }
}
