import AuditTrail
import DomainModel
import PlatformClient
import Testing

/// The lists of the trail, page by page.
@Suite("Pages of the audit trail", .timeLimit(.minutes(5)))
struct AuditPagesTests {
    @Test("the pages of the events are the events, none missed and none twice")
    func events() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            // What files have brought: nothing is written to it any more.
            let query: Query = ["action": "batch."]
            let whole: Page<AuditRecord> = try await client.get("/v1/audit/events", query: query)
            #expect(whole.items.count > 4 && whole.next == nil)
            let places = whole.items.map(\.place)
            #expect(Set(places).count == places.count)
            let pages = client.pages(
                "/v1/audit/events",
                query: ["action": "batch.", "limit": "3"],
                of: AuditRecord.self
            )
            #expect(try await pages.items().map(\.place) == places)
        }
    }
}
