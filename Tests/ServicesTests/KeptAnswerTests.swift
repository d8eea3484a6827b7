import DomainModel
import PlatformClient
import PostgresClient
import Testing

@Suite("Answers that are kept with their writes", .timeLimit(.minutes(5)))
struct KeptAnswerTests {
    private struct Subscription: Encodable {
        let url: String
    }

    private struct Made: Decodable, Sendable {
        struct Webhook: Decodable, Sendable {
            let id: Int
        }

        let subscription: Webhook
    }

    private struct State: Decodable, Sendable {}

    @Test("a process that dies after the commit has kept the answer: it stands in the same transaction as the effect")
    func administration() async throws {
        try await LivePlatform.run { platform in
            let root = try platform.client
            let _: User = try await root.post("/v1/users", body: NewUser(id: "user:li", name: "Li"))
            let _: Role = try await root.post(
                "/v1/roles",
                body: NewRole(code: "reader", name: LocalizedText(zh: "读者", en: "Reader"), permissions: ["job.read"])
            )
            let _: AccessGrant = try await root.post("/v1/grants", body: NewGrant(principal: "user:li", role: "reader"))
            let made: Made = try await root.post("/v1/webhooks", body: Subscription(url: "https://1.1.1.1/"))
            for verb in ["pause", "resume", "replay"] {
                let _: State = try await root.post("/v1/webhooks/\(made.subscription.id)/\(verb)")
            }
            for verb in ["pause", "resume", "run"] {
                let _: State = try await root.post("/v1/schedules/audit.checkpoint/\(verb)")
            }
            // PlatformClient sends each POST with a key of its own. A row has the number of the transaction that wrote
            // it last: the answer's is that of the event which the write has left in the trail.
            let apart = try await platform.pool.query(
                """
                SELECT event.action FROM requests.answer AS answer
                RIGHT JOIN audit.event AS event ON event.xmin = answer.xmin AND answer.status IS NOT NULL
                WHERE event.principal = 'user:test' AND answer.key IS NULL
                """
            )
            #expect(try apart.map { try $0.decode(String.self) } == [])
            let kept = try await platform.pool.queryOne("SELECT count(*) FROM requests.answer WHERE status IS NOT NULL")
            #expect(try kept?.decode(Int.self) == 10)
        }
    }
}
