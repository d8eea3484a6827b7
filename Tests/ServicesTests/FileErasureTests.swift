import DomainModel
import Foundation
import PersonalData
import PlatformClient
import PostgresClient
import ServiceKit
import Testing

/// Erasure in files that were submitted, through the live service.
@Suite("Erasure in submitted files", .timeLimit(.minutes(5)))
struct FileErasureTests {
    private static let number = "11010519491231002X"
    private static let secrets = ["林知远", "Zhiyuan Lin", number, "13800005678", "WP1000001", "量子光学"]

    private static let talents = """
        key,from,name_zh,name_foreign,resident_id,telephone,major
        T-1,2020-01-01,林知远,Zhiyuan Lin,11010519491231002X,13800005678,"量子
        光学, 量子光学"
        T-2,2020-01-01,陈墨,,,13800005679,化学

        """
    /// Refused as a whole, for its last row.
    private static let refused = """
        key,name_zh,resident_id,telephone
        T-1,林知远,11010519491231002X,13800005678
        T-9,林知远,11010519491231002X,13800005678
        T-2,陈墨,,13800005679
        T-3,王无,1,

        """
    /// Loaded in part: the first two rows are refused for their regions.
    private static let partial = """
        {"attributes":{"name_zh":"林知远","region":"000000"}}
        {"attributes":{"name_zh":"王无","region":"000000"}}
        {"key":"T-4","attributes":{"name_zh":"林知远","major":"法学"}}
        {"key":"T-1","attributes":{"telephone":["13800005678"],"major":"量子光学"}}
        {"key":"T-1","name_zh":"林知远

        """
    private static let permits = """
        subject,term,from,number
        T-1,work,2021-01-01,WP1000001
        T-2,work,2021-01-01,WP2000001

        """
    private static let people = """
        key,name_zh,orcid
        ,林知远,0000-0001-5109-3700
        q,陈墨,
        ,林知远,0000-0002-1825-0097
        z,王五,0000-0001-5109-3700

        """
    private static let headless = "T-1,林知远,13800005678\nT-2,陈墨,13800005679\n"

    private struct Merging: Encodable {
        let absorbed: String
        let reason: String
    }

    private struct Found: Equatable, CustomStringConvertible {
        let text: String
        let place: String
        var description: String { "\(text) in \(place)" }
    }

    /// Where texts can be read: any column of any table, any kept file.
    private func places(of texts: [String], _ platform: LivePlatform) async throws -> [Found] {
        var found: [Found] = []
        let tables = try await platform.pool.query(
            """
            SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
            WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND schemaname NOT LIKE 'pg_temp%' ORDER BY 1
            """
        ).map { try $0.decode(String.self) }
        for table in tables {
            for text in texts {
                let row = try await platform.pool.queryOne(
                    """
                    SELECT count(*) FROM \(unescaped: table) AS t
                    WHERE strpos(t::text, \(text)) > 0
                        OR strpos(t::text, encode(convert_to(\(text)::text, 'UTF8'), 'hex')) > 0
                    """
                )
                if try row?.decode(Int64.self) != 0 { found.append(Found(text: text, place: table)) }
            }
        }
        for folder in ["data", "spool"].map({ platform.home.appending(path: $0).path }) {
            for name in (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? [] {
                guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else { continue }
                for text in texts where data.range(of: Data(text.utf8)) != nil {
                    found.append(Found(text: text, place: "\(folder)/\(name)"))
                }
            }
        }
        return found
    }

    private func file(_ batch: Int64, _ platform: LivePlatform) async throws -> String {
        String(decoding: try await platform.client.bytes("/v1/batches/\(batch)/file").body, as: UTF8.self)
    }

    private func withKeys(sealed: Bool, _ body: (LivePlatform) async throws -> Void) async throws {
        try await LivePlatform.run(starts: false) { platform in
            let names = ["CEYUAN_REGISTRY_KEYS_FILE"] + (sealed ? ["CEYUAN_DIRECTORIES_KEYS_FILE"] : [])
            let keys = try names.map { name in
                let file = try platform.write("\(name).keys", MasterKeys.newText(naming: "a"))
                try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
                return (name, file)
            }
            try await platform.start(Dictionary(uniqueKeysWithValues: keys))
            try await body(platform)
        }
    }

    @Test(
        "nothing of a person can be read anywhere after an erasure, and all else is as it was",
        arguments: [false, true]
    )
    func life(sealed: Bool) async throws {
        try await withKeys(sealed: sealed) { platform in
            let people = try await TwoPeople(platform, in: nil)
            let first = try await platform.importFile("talents", platform.write("a.csv", Self.talents))
            #expect(first.receipt?.created == 2, "\(first.conflicts)")
            let second = try await platform.importFile("talents", platform.write("b.csv", Self.refused))
            #expect(second.state == .refused)
            let third = try await platform.importFile(
                "talents",
                platform.write("c.ndjson", Self.partial),
                ["mode": "partial"],
                type: "application/x-ndjson"
            )
            #expect(third.state == .committed && third.receipt?.created == 1, "\(third.conflicts)")
            let fourth = try await platform.importStatements("permit", platform.write("d.csv", Self.permits))
            #expect(fourth.receipt?.created == 2, "\(fourth.conflicts)")
            let fifth = try await platform.importFile("talents", platform.write("e.csv", Self.headless))
            #expect(fifth.state == .refused)
            try await platform.waitForSettling()
            // What a request said, and what it was answered.
            let page: Page<RegistryRecord> = try await people.officer.get("/v1/talents")
            #expect(page.items.count == 3)
            let looked: [FoundRecord] = try await people.officer.post(
                "/v1/record-lookup",
                body: RecordLookup(field: "resident_id", value: Self.number, purpose: "test")
            )
            #expect(looked.map(\.key) == ["T-1"])
            _ = try await people.officer.post(
                "/v1/records/T-1/statements",
                body: Sent.Statement(type: "presence", attributes: ["origin": .text("量子光学")]),
                as: RegistryStatement.self
            )
            let before = try await places(of: Self.secrets, platform)
            for place in ["registry.record_version", "requests.answer", "collection.conflict"] {
                #expect(before.contains { $0.place == place }, "\(place)")
            }
            #expect(before.contains { $0.place.contains("/data/") } != sealed)

            let request: SubjectRequest = try await people.officer.post(
                "/v1/subject-requests",
                body: SubjectOrder(subject: "T-1", kind: .erase, channel: .paper)
            )
            let path = "/v1/subject-requests/\(request.number)"
            _ = try await people.officer.post(
                "\(path)/take",
                body: SubjectStepOrder(remark: "seen"),
                as: SubjectRequest.self
            )
            let approval = try await people.approvedErasure(of: "T-1")
            let order = ApprovedOrder(approval: approval.number)
            _ = try await people.officer.post("/v1/records/T-1/erasure", body: order, as: Tombstone.self)
            let left = try await people.waitForFiles(of: "T-1")
            _ = try await people.officer.post("\(path)/done", body: SubjectStepOrder(), as: SubjectRequest.self)

            // T-4 has the same name, and is somebody else.
            let shared = try await places(of: ["林知远"], platform).map(\.place)
            #expect(shared.allSatisfy { $0.hasPrefix("registry.") || (!sealed && $0.contains("/data/")) }, "\(shared)")
            #expect(try await places(of: Array(Self.secrets.dropFirst()), platform) == [])
            let lines = Dictionary(uniqueKeysWithValues: left.files.blanked.map { ($0.batches, $0.lines) })
            #expect(
                lines == [
                    [first.id]: [2], [second.id]: [2, 3], [third.id]: [1, 4, 5], [fourth.id]: [2], [fifth.id]: [1],
                ]
            )

            let content = try await file(first.id, platform)
            #expect(content.utf8.count == Self.talents.utf8.count)
            #expect(content.hasSuffix("T-2,2020-01-01,陈墨,,,13800005679,化学\n"))
            #expect(try await file(third.id, platform).contains("{\"key\":\"T-4\",\"attributes\":{\"name_zh\":\"林知远\""))
            // The same bytes again are the same batch, and bring nothing back.
            #expect(try await platform.importFile("talents", platform.write("a.csv", Self.talents)).id == first.id)
            #expect(try await file(first.id, platform) == content)
            #expect(try await places(of: Array(Self.secrets.dropFirst()), platform) == [])
            let row = try await platform.pool.queryOne("SELECT count(*) FROM registry.erasure_trace")
            #expect(try row?.decode(Int64.self) == 0)
            #expect(try await Program.ceyuan(["audit", "verify", "--records"], on: platform).status == 0)
        }
    }

    @Test("on a host without keys, for a person under two keys, one of them given by the register")
    func merged() async throws {
        try await LivePlatform.run { platform in
            let people = try await TwoPeople(platform, in: nil)
            let first = try await platform.importFile(
                "talents",
                platform.write("a.csv", Self.people)
            )
            #expect(first.receipt?.created == 4, "\(first.conflicts)")
            try await platform.waitForSettling()
            let keys = try await platform.pool.query(
                "SELECT r.key FROM registry.record r JOIN registry.record_version v ON v.record_id = r.id ORDER BY v.line"
            ).map { try $0.decode(String.self) }
            _ = try await people.officer.post(
                "/v1/records/\(keys[2])/merge",
                body: Merging(absorbed: keys[0], reason: "one person"),
                as: RecordMerge.self
            )
            // Nobody knows that these are two people: the first is sent without a key, and refused.
            let second = try await platform.importFile(
                "talents",
                platform.write(
                    "b.csv",
                    "name_zh,degree,orcid\n林知远,none,\n陈墨,none,\n林 致远,none,https://orcid.org/0000-0002-1825-0097\n"
                )
            )
            #expect(second.state == .refused)
            // Named by a number.
            let third = try await platform.importStatements(
                "presence",
                platform.write(
                    "c.csv",
                    "subject,from,origin\norcid:0000-0002-1825-0097,2020-01-01,月球城\nq,2020-01-01,月球城\n"
                )
            )
            #expect(third.receipt?.created == 2, "\(third.conflicts)")
            let approval = try await people.approvedErasure(of: keys[2])
            let order = ApprovedOrder(approval: approval.number)
            _ = try await people.officer.post("/v1/records/\(keys[2])/erasure", body: order, as: Tombstone.self)
            let left = try await people.waitForFiles(of: keys[2])
            let lines = Dictionary(uniqueKeysWithValues: left.files.blanked.map { ($0.batches, $0.lines) })
            #expect(lines == [[first.id]: [2, 4], [second.id]: [2, 4], [third.id]: [2]])
            let told: Page<Conflict> = try await platform.client.get("/v1/batches/\(second.id)/conflicts")
            let gone = told.items.filter { $0.line == 2 || $0.line == 4 }
            #expect(gone.count >= 2 && gone.allSatisfy { $0.given == nil && $0.erased?.approval == approval.number })
            #expect(told.items.contains { $0.line == 3 && $0.given == "none" && $0.erased == nil })
            let shown = try await Program.ceyuan(["batch", "conflicts", String(second.id)], on: platform)
            #expect(shown.output.contains("approval \(approval.number)"), "\(shown)")
            // Somebody else who has a number of theirs, by mistake.
            #expect(try await file(first.id, platform).hasSuffix("\nz,王五,0000-0001-5109-3700\n"))
            #expect(try await places(of: ["林知远", "林 致远", "0000-0002-1825-0097"], platform) == [])
            #expect(try await file(third.id, platform).hasSuffix("\nq,2020-01-01,月球城\n"))
            #expect(try await Program.ceyuan(["audit", "verify", "--records"], on: platform).status == 0)
        }
    }

    @Test("work that was cut off goes on; until it is done, nobody says that it is")
    func interrupted() async throws {
        try await withKeys(sealed: false) { platform in
            let people = try await TwoPeople(platform, in: nil)
            let batch = try await platform.importFile("talents", platform.write("a.csv", Self.talents))
            try await platform.waitForSettling()
            let request: SubjectRequest = try await people.officer.post(
                "/v1/subject-requests",
                body: SubjectOrder(subject: "T-1", kind: .erase, channel: .paper)
            )
            let path = "/v1/subject-requests/\(request.number)"
            _ = try await people.officer.post(
                "\(path)/take",
                body: SubjectStepOrder(remark: "seen"),
                as: SubjectRequest.self
            )
            let approval = try await people.approvedErasure(of: "T-1")
            // Somebody else rewrites the file, so the work has to wait.
            try await platform.pool.execute("INSERT INTO registry.blanked_file (sha256) VALUES (\(batch.sha256))")
            try await platform.pool.withTransaction { connection in
                try await connection.execute(
                    "SELECT FROM registry.blanked_file WHERE sha256 = \(batch.sha256) FOR NO KEY UPDATE"
                )
                let order = ApprovedOrder(approval: approval.number)
                let left: Tombstone = try await people.officer.post("/v1/records/T-1/erasure", body: order)
                #expect(left.files.doneAt == nil && left.files.blanked == [])
                let early = await people.code {
                    try await people.officer.post("\(path)/done", body: SubjectStepOrder(), as: SubjectRequest.self)
                }
                #expect(early == "SUBJECT_REQUEST_STATE")
                // It has written down which rows, and waits for the file.
                while try await connection.query("SELECT FROM registry.blanked_line").isEmpty {
                    try await Task.sleep(for: .milliseconds(20))
                }
                #expect(try await file(batch.id, platform) == Self.talents)
                platform.kill()
            }
            let keys = platform.home.appending(path: "CEYUAN_REGISTRY_KEYS_FILE.keys").path
            try await platform.start(["CEYUAN_REGISTRY_KEYS_FILE": keys])
            let left = try await TwoPeople.waitForFiles(of: "T-1", platform.client)
            #expect(left.files.blanked.map(\.lines) == [[2]])
            #expect(try await places(of: Self.secrets, platform) == [])
            _ = try await platform.client.post("\(path)/done", body: SubjectStepOrder(), as: SubjectRequest.self)
        }
    }
}
