import DomainModel
import Foundation
import PlatformClient
import PostgresClient
import Testing

/// Order, totals, cursors and chosen members over HTTP, on the data of the repository.
@Suite("Lists over HTTP", .timeLimit(.minutes(5)))
struct ListingTests {
    private struct Chosen: Decodable, Sendable {
        struct Item: Decodable, Sendable {
            struct Name: Decodable, Sendable {
                let en: String?
                let zh: String?
            }
            let code: String?
            let name: Name?
            let level: String?
        }
        let items: [Item]
    }

    @Test("every order of regions leads page by page through all of them, once each, also backwards")
    func orders() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            let all: Page<Region> = try await client.get("/v1/regions", query: ["limit": "1000", "total": "true"])
            #expect(all.items.count == 125 && all.total == 125 && all.next == nil)
            for sort in ["level", "-level", "name.zh", "-name.zh", "name.en", "-name.en"] {
                var (codes, after, pages): ([String], String?, Int) = ([], nil, 0)
                repeat {
                    let page: Page<Region> = try await client.get(
                        "/v1/regions",
                        query: ["limit": "17", "sort": sort, "after": after, "total": "true"]
                    )
                    codes += page.items.map(\.code)
                    #expect(page.total == 125)
                    (after, pages) = (page.next, pages + 1)
                } while after != nil
                #expect(pages == 8 && codes.count == 125 && Set(codes).count == 125, "\(sort)")
                let levels = codes.map { code in all.items.first { $0.code == code }?.level ?? "" }
                if sort == "level" { #expect(levels == levels.sorted()) }
                if sort == "-level" { #expect(levels == levels.sorted().reversed()) }
            }
        }
    }

    @Test("a total counts what the filters leave, and a cursor is good for them alone")
    func filters() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            let query: Query = ["level": "district", "limit": "3", "total": "true"]
            let first: Page<Region> = try await client.get("/v1/regions", query: query)
            #expect(first.total == 20 && first.items.count == 3)
            var other = query
            other.set("level", "city")
            other.set("after", first.next)
            let error = await #expect(throws: PlatformClientError.self) {
                try await client.get("/v1/regions", query: other, as: Page<Region>.self)
            }
            #expect(error?.code == "PARAMETER_INVALID")
            // A row that comes in between neither repeats nor hides others.
            try await platform.pool.execute(
                """
                INSERT INTO registry.region OVERRIDING SYSTEM VALUE
                SELECT (jsonb_populate_record(r, '{"id": 999999, "code": "000000"}')).* FROM registry.region r
                WHERE code = '330110'
                """
            )
            var next = query
            next.set("after", first.next)
            let second: Page<Region> = try await client.get("/v1/regions", query: next)
            #expect(Set(second.items.map(\.code)).isDisjoint(with: first.items.map(\.code)))
            #expect(!second.items.map(\.code).contains("000000") && second.total == 21)
        }
    }

    @Test("only the members that were chosen are sent, at every depth")
    func fields() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            let chosen: Chosen = try await client.get("/v1/regions", query: ["fields": "code,name.en"])
            #expect(chosen.items.count == 100)
            for item in chosen.items {
                #expect(item.code != nil && item.name?.en != nil && item.name?.zh == nil && item.level == nil)
            }
        }
    }
}
