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

    @Test("a record that is withdrawn while it is being settled is not found afterwards")
    func withdrawn() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            let file = try platform.write("talents.csv", "key,name_zh,region\nT-1,林知远,330110\nT-2,陈墨,330110\n")
            // What is to be kept is held up after it was read; somebody withdraws the record meanwhile.
            try await platform.pool.withTransaction { connection in
                try await connection.execute("LOCK TABLE registry.search_entry IN SHARE MODE")
                #expect(try await platform.importFile("talents", file).state == .committed)
                try await Self.wait(for: 1, on: platform.pool)
                let now: HTTPReply<RegistryRecord> = try await client.reply(get: "/v1/talents/T-1")
                let holder = client.matching(try #require(now["ETag"]))
                async let withdrawal: Void = holder.delete("/v1/records/T-1", query: ["reason": "made twice"])
                try await Self.wait(for: 2, on: platform.pool)
                try await connection.execute("COMMIT AND CHAIN")
                try await withdrawal
            }
            try await platform.waitForSettling()
            let kept = try await platform.pool.query(
                """
                SELECT r.key FROM registry.record r WHERE r.id IN (SELECT record_id FROM registry.search_entry)
                    AND r.id IN (SELECT record_id FROM registry.linkage_profile)
                """
            )
            #expect(try kept.map { try $0.decode(String.self) } == ["T-2"])
            let keys = try await platform.pool.queryOne(
                """
                SELECT (SELECT count(*) FROM registry.search_key k JOIN registry.record r ON r.id = record_id AND r.key = 'T-1')
                    + (SELECT count(*) FROM registry.linkage_key k JOIN registry.record r ON r.id = record_id AND r.key = 'T-1')
                """
            )
            #expect(try keys?.decode(Int64.self) == 0)
        }
    }

    /// Waits until so many sessions wait for a lock.
    private static func wait(for count: Int64, on pool: PostgresPool) async throws {
        let waiting: PostgresQuery = """
            SELECT count(DISTINCT pid) FROM pg_locks JOIN pg_stat_activity USING (pid)
            WHERE NOT granted AND datname = current_database()
            """
        while try await pool.queryOne(waiting)?.decode(Int64.self) != count {
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    @Test(
        "names and profiles belong to a record and lie where it lies",
        arguments: ["record_id + 1000000", "record_id"],
        ["search_entry", "linkage_profile"]
    )
    func strays(record: String, table: String) async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let file = try platform.write("talents.csv", "key,name_zh,region\nT-1,林知远,330110\n")
            #expect(try await platform.importFile("talents", file).state == .committed)
            try await platform.waitForSettling()
            let isMoved = record == "record_id"
            let error = await #expect(throws: PostgresError.self) {
                try await platform.pool.execute(
                    """
                    UPDATE registry.\(unescaped: table) SET record_id = \(unescaped: record),
                        region_id = CASE WHEN \(isMoved) THEN NULL ELSE region_id END
                    """
                )
            }
            #expect(error?.constraint == "\(table)_record")
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
