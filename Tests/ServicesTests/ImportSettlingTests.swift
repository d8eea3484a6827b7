import DomainModel
import PlatformClient
import PostgresClient
import Testing

/// What follows a load in the background, through the live service.
@Suite("Settling what a file has brought", .timeLimit(.minutes(5)))
struct ImportSettlingTests {
    private struct Search: Encodable {
        let kind: RegistryKind
    }

    private func search(_ platform: LivePlatform) async throws -> DuplicateSearch {
        try await platform.client.post("/v1/duplicate-searches", body: Search(kind: .talent))
    }

    @Test("records are found and compared: whoever looks for duplicates first makes nothing comparable")
    func compared() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            // More than one page, the first of which is small.
            var text = "key,from,name_zh,birth_date,region\n"
            for number in 0..<2_500 { text += "T-\(number),2020-01-01,某某\(number),1990-05-01,330110\n" }
            text += "T-a,2020-01-01,林知远,1980-05-17,330110\nT-b,2020-01-01,林知远,1980-05-17,330110\n"
            let batch = try await platform.importFile("talents", platform.write("talents.csv", text))
            #expect(batch.receipt?.created == 2_502, "\(batch.conflicts)")
            try await platform.waitForSettling()
            for (question, count) in [("T-2499", 1), ("linzhiyuan", 2)] {
                let found: Page<FoundRecord> = try await platform.client.get("/v1/search", query: ["q": question])
                #expect(found.items.count == count, "\(question)")
            }
            let first = try await search(platform)
            #expect(first.records == 2_502 && first.refreshed == 0)
            let pairs: Page<DuplicateCandidate> = try await platform.client.get(
                "/v1/duplicates",
                query: ["record": "T-a"]
            )
            #expect(pairs.items.contains { [$0.one.key, $0.other.key].sorted() == ["T-a", "T-b"] })

            // What is said about records counts too.
            let firms = try platform.write("firms.csv", "key,name_zh,region\nE-1,甲公司,330110\n")
            #expect(try await platform.importFile("enterprises", firms).state == .committed)
            let posts = try platform.write(
                "posts.csv",
                "subject,object,term,from\nT-a,E-1,full_time,2020-01-01\nT-b,E-1,full_time,2020-01-01\n"
            )
            #expect(try await platform.importStatements("employment", posts).receipt?.created == 2)
            try await platform.waitForSettling()
            #expect(try await search(platform).refreshed == 0)
            let again: Page<DuplicateCandidate> = try await platform.client.get(
                "/v1/duplicates",
                query: ["record": "T-a"]
            )
            let pair = try #require(again.items.first { [$0.one.key, $0.other.key].sorted() == ["T-a", "T-b"] })
            #expect(pair.reasons.contains { $0.feature == "employer" })
        }
    }

    @Test("shares of thousands of statements are added up as a set, and with what was said before")
    func shares() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            var (talents, posts) = ("key,name_zh,region\n", "subject,object,term,share,from\n")
            for number in 0..<3_000 {
                talents += "T-\(number),某\(number),330110\n"
                posts += "T-\(number),E-1,dual,0.5,2020-01-01\n"
            }
            let firms = try platform.write("firms.csv", "key,name_zh,region\nE-1,甲公司,330110\nE-2,乙公司,330110\n")
            #expect(try await platform.importFile("enterprises", firms).state == .committed)
            #expect(try await platform.importFile("talents", platform.write("t.csv", talents)).state == .committed)
            let file = try platform.write("p.csv", posts)
            #expect(try await platform.importStatements("employment", file).receipt?.created == 3_000)
            // One more half fits, more than that does not; both are told of the row.
            let more = "subject,object,term,share,from\nT-1,E-2,dual,0.5,2020-01-01\nT-2,E-2,dual,0.6,2020-01-01\n"
            let halves = try platform.write("more.csv", more)
            let batch = try await platform.importStatements("employment", halves, ["mode": "partial"])
            #expect(batch.receipt?.created == 1 && batch.receipt?.rejected == 1, "\(batch.conflicts)")
        }
    }
}
