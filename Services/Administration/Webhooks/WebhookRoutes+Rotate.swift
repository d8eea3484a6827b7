import DomainModel
import HTTPTypes
import PostgresClient
import ServiceKit
import Storage

extension WebhookRoutes {
    /// For how long the former secret signs as well.
    struct Rotation: Codable, Sendable {
        let overlapHours: Int?
    }

    private static let overlapHours = 0...720

    func mountRotation(on api: APIRouter) {
        api.post(
            "/v1/webhooks/{id}/rotate",
            summary: "Gives another secret, shown this once; the former one signs beside it for a while",
            zh: "更换密钥，新密钥仅显示这一次；旧密钥在过渡期内同时签名",
            permission: .manageWebhooks,
            parameters: [Self.id],
            body: .json(Rotation.self),
            answers: [.json(NewWebhook.self)],
            problems: [.notFound],
            handler: rotate
        )
    }

    @Sendable private func rotate(_ request: APIRequest) async throws -> APIResponse {
        try request.requireEverywhere()
        let id = try request.path("id", as: Int64.self)
        let hours = try await request.body(as: Rotation.self).overlapHours ?? 24
        guard Self.overlapHours.contains(hours) else {
            throw Problem(.bodyInvalid, "overlapHours: expected 0 to 720.", zh: "overlapHours：应为 0 至 720。")
                .with("pointer", "/overlapHours")
        }
        let key = WebhookVault.newSecret()
        let sealed = try vault.seal(key)
        let webhook = try await platform.write(request.activity) { work in
            let store = WebhookStore(work.connection)
            guard try await store.rotate(id, to: sealed, overlap: .seconds(hours * 3_600)) else {
                throw Self.missing(id)
            }
            work.record(AuditEntry("webhook.rotate", of: "\(id)", details: ["overlap_hours": .count(hours)]))
            let webhook = try await Self.find(id, store)
            // The answer that is kept for a repetition must not hold the secret in clear.
            _ = try await work.answer(Self.rotated(NewWebhook(subscription: webhook, secret: nil)))
            return webhook
        }
        return try Self.rotated(NewWebhook(subscription: webhook, secret: WebhookVault.text(of: key)))
    }

    private static func rotated(_ answer: NewWebhook) throws -> APIResponse {
        try .json(answer, headers: answer.headers)
    }
}

extension NewWebhook {
    /// Header fields of an answer with it: one with a secret is stored nowhere, one without is kept for a repetition.
    var headers: HTTPFields { secret == nil ? [:] : [.cacheControl: "no-store"] }
}
