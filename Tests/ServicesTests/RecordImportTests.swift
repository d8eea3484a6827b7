import DomainModel
import Foundation
import PlatformClient
import PostgresClient
import ServiceKit
import Testing

/// Files of records through the live service: what is made, changed, refused and told.
@Suite("Importing records", .timeLimit(.minutes(10)))
struct RecordImportTests {
    private static let first = """
        key,from,name_zh,region,major,degree,birth_date,names_former
        T-1,2020-01-01,林知远,330110,物理,doctor,1990-05-01,林远; 林\\;智
        T-2,2021-03-01,"陈,墨",330110,化学,master,1985-02-03,
        ,2022-01-01,王无键,330110,,,,

        """

    @Test("rows make records, change them from their day on, or say nothing new; the same bytes have no effect")
    func life() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let file = try platform.write("talents.csv", Self.first)
            let rehearsed = try await platform.importFile("talents", file, ["rehearse": "true"])
            let made = try await platform.importFile("talents", file)
            #expect(made.state == .committed, "\(made.conflicts) \(made.failure ?? "")")
            #expect(made.receiptDigest == rehearsed.receiptDigest && made.dataset == "registry.talent")
            let receipt = try #require(made.receipt)
            #expect(receipt.created == 3 && receipt.revised == 0 && receipt.outcome == .accepted)
            let one: RegistryRecord = try await platform.client.get(
                "/v1/talents/T-1",
                query: ["purpose": "test"]
            )
            #expect(one.attributes["names_former"] == .list([.text("林远"), .text("林;智")]))
            #expect(one.attributes["birth_date"] == .text("1990-05-01") && one.recorded.batch == made.id)
            #expect(one.from == CivilDate(iso: "2020-01-01"))

            let counts = try await platform.recordCounts()
            #expect(try await platform.importFile("talents", file) == made)
            #expect(try await platform.recordCounts() == counts)

            // The sign of a spreadsheet's text before a formula is no part of it; an empty cell says nothing.
            let second = try platform.write(
                "more.ndjson",
                """
                {"key":"T-1","kind":"talent","from":"2023-01-01","attributes":{"major":"生物","names_former":["林远","林;智"]}}
                {"key":"T-2","from":"2021-03-01","attributes":{"name_zh":"陈,墨","degree":null}}
                {"key":"T-9","from":"2024-01-01","attributes":{"name_foreign":"Ann \\"A\\" Lee","region":"330110"}}
                {"key":"T-9","from":"2025-01-01","attributes":{"major":"地质"}}

                """
            )
            let more = try await platform.importFile("talents", second, type: "application/x-ndjson")
            #expect(more.state == .committed, "\(more.conflicts)")
            let counted = try #require(more.receipt)
            #expect(counted.created == 1 && counted.revised == 2 && counted.unchanged == 1, "\(counted)")
            let then: RegistryRecord = try await platform.client.get(
                "/v1/talents/T-1",
                query: ["validAt": "2022-06-01"]
            )
            let now: RegistryRecord = try await platform.client.get("/v1/talents/T-1")
            #expect(then.attributes["major"] == .text("物理") && now.attributes["major"] == .text("生物"))
            #expect(then.attributes["degree"] == now.attributes["degree"])
            let new: RegistryRecord = try await platform.client.get("/v1/talents/T-9")
            #expect(new.attributes["name_foreign"] == .text("Ann \"A\" Lee") && new.attributes["major"] == .text("地质"))

            // The trail covers what batches have brought, and what people and batches have done to one record.
            try await platform.waitForSettling()
            #expect(try await Program.ceyuan(["audit", "verify", "--records"], on: platform).status == 0)
            let set = ["talent", "set", "T-2", "major=数学", "--from", "2024-01-01", "--reason", "moved"]
            #expect(try await Program.ceyuan(set, on: platform).status == 0)
            let third = try platform.write("third.csv", "key,from,degree\nT-2,2025-01-01,doctor\n")
            #expect(try await platform.importFile("talents", third).receipt?.revised == 1)
            try await platform.waitForSettling()
            let verified = try await Program.ceyuan(["audit", "verify", "--records"], on: platform)
            #expect(verified.status == 0, "\(verified.output)")
            let found: Page<FoundRecord> = try await platform.client.get("/v1/search", query: ["q": "wangwujian"])
            #expect(found.items.count == 1)

            // Whoever ends a belief of a batch behind the service's back is found out.
            try await platform.pool.query(
                """
                UPDATE registry.record_version v SET superseded_by = v.recorded_by
                FROM registry.record r WHERE r.id = v.record_id AND r.key = 'T-9' AND v.valid_from = '2025-01-01'
                """
            )
            #expect(try await Program.ceyuan(["audit", "verify", "--records"], on: platform).status == 1)
        }
    }

    @Test("every fault is told with line, column, field and code; nothing about a person is repeated")
    func faults() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            _ = try await platform.importFile("talents", try platform.write("talents.csv", Self.first))
            let file = try platform.write(
                "bad.csv",
                """
                key,from,name_zh,region,degree,birth_date,orcid
                B-1,2020-01-01,甲,330110,docter,1990-05-01,
                B-2,2020-13-01,乙,999999,,2190-05-01,0000-0002-1825-0098
                B-3,2020-01-01,,330110,,,
                b/4,2020-01-01,丁,330110,,,
                T-1,2019-01-01,林知远,330110,,,
                B-6,2020-01-01,己,330110,,,
                B-6,2020-01-01,庚,330110,,,
                B-7,2020-01-01,辛,330110,,,
                B-7,2020-01-01,辛,330110,,,

                """
            )
            let refused = try await platform.importFile("talents", file)
            #expect(refused.state == .refused && refused.receipt?.rejected == 9)
            let partial = try await platform.importFile("talents", file, ["mode": "partial"])
            #expect(partial.state == .committed)
            let receipt = try #require(partial.receipt)
            #expect(receipt.created == 1 && receipt.rejected == 7 && receipt.duplicates == 1, "\(receipt)")
            let told = partial.conflicts.map { "\($0.line ?? 0) \($0.field ?? "") \($0.code.rawValue)" }
            #expect(
                told == [
                    "2 degree TERM_UNKNOWN", "3 from FIELD_TYPE", "3 birth_date BIRTH_DATE_IMPOSSIBLE",
                    "3 orcid IDENTIFIER_CHECK_DIGIT", "3 region REGION_UNKNOWN", "4 name_zh FIELD_MISSING",
                    "5 key FIELD_INVALID", "6 from VALIDITY_INVALID", "7 key RECORD_DUPLICATE",
                    "8 key RECORD_DUPLICATE", "10 key DUPLICATE_SAME_VALUE",
                ],
                "\(told)"
            )
            let degree = try #require(partial.conflicts.first)
            #expect(degree.given == "docter" && degree.nearest.first == "doctor" && degree.cell == "E2")
            #expect(partial.conflicts.first { $0.field == "birth_date" }?.given == nil)
            let asked: Page<Conflict> = try await platform.client.get("/v1/batches/\(partial.id)/conflicts")
            #expect(asked.items == partial.conflicts)
            let order = try await Program.ceyuan(["talent", "import", file, "--rehearse"], on: platform)
            #expect(order.status == 1 && order.output.contains("RECORD_DUPLICATE"), "\(order)")
        }
    }

    @Test("a file with errors in a tenth of its rows tells them all and takes the others")
    func manyFaults() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            var text = "key,from,name_zh,region,degree,birth_date\n"
            for number in 0..<20_000 {
                let degree = number % 10 == 3 ? "d\(number)" : "doctor"
                text += "B-\(number),2020-01-01,某\(number),330110,\(degree),1990-05-01\n"
            }
            let batch = try await platform.importFile("talents", platform.write("many.csv", text), ["mode": "partial"])
            let receipt = try #require(batch.receipt)
            #expect(receipt.created == 18_000 && receipt.rejected == 2_000)
            #expect(receipt.conflicts.map(\.count) == [2_000])
            var (told, next): (Int, String?) = (0, nil)
            var last: Conflict?
            repeat {
                let page: Page<Conflict> = try await platform.client.get(
                    "/v1/batches/\(batch.id)/conflicts",
                    query: ["limit": "1000", "after": next]
                )
                (told, next, last) = (told + page.items.count, page.next, page.items.last)
            } while next != nil
            #expect(told == 2_000 && last?.given == "d19993")
        }
    }

    @Test(
        "what the last of many rows has wrong, or has to do with an earlier one, is found, and the others are not lost"
    )
    func lastRow() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let old = try platform.write("old.csv", "key,from,name_zh,region\nOLD,2020-01-01,旧,330110\n")
            #expect(try await platform.importFile("talents", old).state == .committed)
            func text(_ prefix: String, _ last: String) -> String {
                var text = "key,from,name_zh,region,degree\n"
                for number in 0..<20_000 { text += "\(prefix)-\(number),2020-01-01,某\(number),330110,doctor\n" }
                return text + last + "\n"
            }
            let cases: [(last: String, code: ConflictCode?, created: Int64, rejected: Int64)] = [
                ("A-0,2020-01-01,某0,330110,doctor", .duplicateSame, 20_000, 0),
                ("B-0,2020-01-01,某人,330110,doctor", .recordDuplicate, 19_999, 2),
                ("C-0,2021-01-01,某人,330110,doctor", nil, 20_000, 0),
                ("OLD,2021-01-01,某人,330110,doctor", nil, 20_000, 0),
                ("E-x,2020-01-01,某人,330110,docter", .termUnknown, 20_000, 1),
                ("F-x,2020-01-01,,330110,", .fieldMissing, 20_000, 1),
            ]
            for (prefix, each) in zip(["A", "B", "C", "D", "E", "F"], cases) {
                let file = try platform.write("\(prefix).csv", text(prefix, each.last))
                let before = try await platform.recordCounts()
                let batch = try await platform.importFile("talents", file, ["mode": "partial"])
                let receipt = try #require(batch.receipt)
                #expect(receipt.rows == 20_001 && receipt.created == each.created, "\(prefix): \(receipt)")
                #expect(
                    receipt.rejected == each.rejected && batch.conflicts.last?.code == each.code,
                    "\(batch.conflicts)"
                )
                let after = try await platform.recordCounts()
                #expect(after[0] - before[0] == each.created)
                #expect(after[1] - before[1] == each.created + (each.code == nil ? 1 : 0), "\(prefix)")
            }
            // Taken as a whole, or not at all, and as it was rehearsed.
            let file = try platform.write("all.csv", text("G", "G-0,2020-01-01,某人,330110,doctor"))
            let before = try await platform.recordCounts()
            let rehearsed = try await platform.importFile("talents", file, ["rehearse": "true"])
            let refused = try await platform.importFile("talents", file)
            #expect(refused.state == .refused && refused.receiptDigest == rehearsed.receiptDigest)
            #expect(try await platform.recordCounts() == before)
        }
    }

    @Test("who writes for some regions imports there, and nowhere else")
    func regions() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let token = APIToken()
            try await platform.pool.addUser("officer", role: "registry_officer", region: "330110", token: token)
            let client = try platform.client(token: token.text)
            let file = try platform.write(
                "regions.csv",
                "key,name_zh,region\nR-1,甲,330110\nR-2,乙,330106\nR-3,丙,\n"
            )
            let batch = try await platform.importFile("talents", file, ["mode": "partial"], by: client)
            #expect(batch.state == .committed, "\(batch.failure ?? "")")
            #expect(batch.receipt?.created == 1 && batch.receipt?.rejected == 2)
            #expect(batch.conflicts.map(\.code) == [.regionNotPermitted, .regionNotPermitted])
        }
    }
}

extension LivePlatform {
    /// Imports a file of the register and waits for its end.
    func importFile(
        _ plural: String,
        _ file: String,
        _ options: [String: String] = [:],
        type: String = "text/csv",
        by client: PlatformClient? = nil
    ) async throws -> Batch {
        let client = try client ?? self.client
        var query: Query = ["filename": URL(filePath: file).lastPathComponent]
        for (name, value) in options { query.append(name, value) }
        let batch =
            try await client
            .upload("/v1/\(plural)/import", query: query, file: file, contentType: type, as: Batch.self).body
        return batch.state.isFinal ? batch : try await end(of: batch.id)
    }

    /// Waits until what batches have brought to the register is settled.
    func waitForSettling() async throws {
        let open: PostgresQuery =
            "SELECT FROM jobs.job WHERE kind = 'registry.settle' AND state IN ('delayed', 'waiting', 'running')"
        while try await !pool.query(open).isEmpty { try await Task.sleep(for: .milliseconds(20)) }
    }

    /// How many rows the register has of records, versions and statements.
    func recordCounts() async throws -> [Int64] {
        let row = try await pool.queryOne(
            """
            SELECT ARRAY[(SELECT count(*) FROM registry.record), (SELECT count(*) FROM registry.record_version),
                (SELECT count(*) FROM registry.recording), (SELECT count(*) FROM registry.statement)]
            """
        )
        return try #require(row).decode([Int64].self)
    }
}
