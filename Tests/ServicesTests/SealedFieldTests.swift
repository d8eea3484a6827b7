import DomainModel
import Foundation
import PersonalData
import PlatformClient
import PostgresClient
import ServiceKit
import TestSupport
import Testing

/// Sealed fields through the live service and its real database role.
@Suite("Sealed fields", .timeLimit(.minutes(5)))
struct SealedFieldTests {
    struct Order: Encodable {
        var key: String?
        var attributes: Attributes
        var from: String?
        var reason: String?
    }

    struct Saying: Encodable {
        var type = "permit"
        var term: String? = "work"
        var from: String?
        var until: String?
        var attributes: Attributes?
        var reason: String?
    }

    struct Around: Decodable {
        let record: RegistryRecord
        let statements: [RegistryStatement]
    }

    /// Source of the number: the example of GB 11643-1999.
    static let sealed: Attributes = [
        "resident_id": .text("11010519491231002X"), "telephone": .list([.text("13800005678"), .text("0571-88886666")]),
        "mail": .list([.text("zhiyuan@example.com")]), "address": .text("文三路四百七十八号"),
        "bank_account": .text("6222020200112230"), "passport": .text("E12345678"),
    ]
    static let secrets = [
        "11010519491231002X", "13800005678", "88886666", "zhiyuan@", "文三路", "6222020200112230", "E12345678",
        "WP7654321",
    ]

    /// Runs a test against a platform with new keys.
    func withKeys(
        _ settings: [String: String] = [:],
        _ body: (LivePlatform, String) async throws -> Void
    ) async throws {
        try await LivePlatform.run(starts: false) { platform in
            let file = try write(MasterKeys.newText(naming: "a"), platform)
            try await platform.start(["CEYUAN_REGISTRY_KEYS_FILE": file].merging(settings) { $1 })
            try await body(platform, file)
        }
    }

    func write(_ text: String, _ platform: LivePlatform, _ name: String = "personal.keys") throws -> String {
        let file = try platform.write(name, text)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        return file
    }

    func refusal(_ body: () async throws -> some Any) async -> ProblemDetails? {
        do {
            _ = try await body()
            return nil
        } catch {
            return problem(error as? PlatformClientError)
        }
    }

    func conflicts(_ details: ProblemDetails?) -> [Conflict] {
        details?.member("conflicts", as: [Conflict].self) ?? []
    }

    func talent(_ key: String, _ attributes: Attributes = sealed) -> Order {
        Order(key: key, attributes: attributes.merging(["name_zh": .text("林知远")]) { $1 }, from: "2020-01-01")
    }

    func lookUp(_ field: String, _ value: String, _ client: PlatformClient) async throws -> [String] {
        let found: [FoundRecord] = try await client.post(
            "/v1/record-lookup",
            body: RecordLookup(field: field, value: value, purpose: "visa")
        )
        return found.map { "\($0.key) \($0.shown) \($0.field)" }
    }

    @Test("values are kept sealed, masked, shown for a purpose, found by their hash, and nowhere in the clear")
    func life() async throws {
        try await withKeys { platform, _ in
            let client = try platform.client
            let made: RegistryRecord = try await client.post("/v1/talents", body: talent("p"))
            #expect(Set(made.masked) == Set(Self.sealed.keys) && made.masks.isEmpty)
            #expect(made.attributes == ["name_zh": .text("林知远")])
            let read: HTTPReply<RegistryRecord> = try await client.reply(get: "/v1/talents/p")
            #expect(
                read.body.masks == [
                    "resident_id": ["110105********002X"], "telephone": ["138****5678", "057*****6666"],
                    "mail": ["z***@example.com"], "address": ["******"], "bank_account": ["************2230"],
                    "passport": ["E******78"],
                ]
            )
            let shown: HTTPReply<RegistryRecord> = try await client.reply(
                get: "/v1/talents/p",
                query: ["purpose": "visa"]
            )
            #expect(shown.body.attributes == Self.sealed.merging(["name_zh": .text("林知远")]) { $1 })
            #expect(shown.body.masked.isEmpty && shown["Cache-Control"] == "no-store" && shown["ETag"] == nil)

            // The same values again change nothing; another one changes that one.
            let same: HTTPReply<RegistryRecord> = try await client.matching(read["ETag"] ?? "").patch(
                "/v1/talents/p",
                body: Order(attributes: Self.sealed, from: "2020-01-01")
            )
            #expect(same.body.version == made.version)
            let now: HTTPReply<RegistryRecord> = try await client.reply(get: "/v1/talents/p")
            let moved = Order(attributes: ["telephone": .list([.text("13900001234")])], from: "2021-01-01")
            _ = try await client.matching(now["ETag"] ?? "").patch(
                "/v1/talents/p",
                body: moved,
                as: RegistryRecord.self
            )
            let history: [FieldChange] = try await client.get(
                "/v1/records/p/history",
                query: ["field": "telephone", "purpose": "visa"]
            )
            #expect(history.last?.old == Self.sealed["telephone"] && history.last?.isMasked == false)
            #expect(history.last?.new == .list([.text("13900001234")]))
            let hidden: [FieldChange] = try await client.get("/v1/records/p/history", query: ["field": "mail"])
            #expect(hidden.map(\.isMasked) == [true] && hidden.first?.new == nil)

            let saying = Saying(from: "2022-01-01", attributes: ["number": .text("WP7654321")], reason: "granted")
            let said: RegistryStatement = try await client.post("/v1/records/p/statements", body: saying)
            #expect(said.masked == ["number"])
            _ = try await client.post(
                "/v1/statements/\(said.number)/end",
                body: ["until": "2024-01-01"],
                as: RegistryStatement.self
            )
            let page: Around = try await client.get("/v1/records/p/page", query: ["purpose": "visa"])
            #expect(page.statements.first?.attributes["number"] == .text("WP7654321"))
            #expect(page.record.attributes["telephone"] == .list([.text("13900001234")]))
            let masked: Around = try await client.get("/v1/records/p/page")
            #expect(masked.statements.first?.masks == ["number": ["W******21"]])

            #expect(try await lookUp("resident_id", "１１０１０５ 19491231 002x", client) == ["p 林知远 resident_id"])
            #expect(try await lookUp("telephone", "+86 139 0000 1234", client) == ["p 林知远 telephone"])
            // Of the earlier days too.
            #expect(try await lookUp("telephone", "0571 8888 6666", client) == ["p 林知远 telephone"])
            #expect(try await lookUp("permit.number", "wp 7654321", client) == ["p 林知远 permit.number"])
            #expect(try await lookUp("mail", "nobody@example.com", client) == [])
            let unknown = await refusal { try await lookUp("telefone", "1", client) }
            #expect(conflicts(unknown).first?.nearest == ["telephone"])

            let again = await refusal {
                try await client.post(
                    "/v1/talents",
                    body: talent("q", ["resident_id": .text("11010519491231002X")]),
                    as: RegistryRecord.self
                )
            }
            #expect(conflicts(again).map(\.code) == [.identifierTaken] && conflicts(again).first?.nearest == ["p"])
            let born = Order(attributes: ["birth_date": .text("1949-12-30")], from: "2022-01-01")
            let last: HTTPReply<RegistryRecord> = try await client.reply(get: "/v1/talents/p")
            let contradicted = await refusal {
                try await client.matching(last["ETag"] ?? "").patch(
                    "/v1/talents/p",
                    body: born,
                    as: RegistryRecord.self
                )
            }
            #expect(conflicts(contradicted).map(\.code) == [.birthDateContradicts])
            let wrong = await refusal {
                try await client.post(
                    "/v1/talents",
                    body: talent("r", ["resident_id": .text("110105194912310021")]),
                    as: RegistryRecord.self
                )
            }
            #expect(conflicts(wrong).map(\.code) == [.identifierCheckDigit] && conflicts(wrong).first?.given == nil)

            let reads = try await platform.pool.query(
                "SELECT details::text FROM audit.event WHERE action = 'record.read' AND subject_key = 'p' ORDER BY occasion"
            ).map { try $0.decode(String.self) }
            #expect(reads.first?.contains("resident_id") == true && reads.last?.contains("permit.number") == true)
            try await expectNothingInTheClear(platform)
        }
    }

    /// A dump of the whole database, with outbox, requests, trail and jobs, and the log of the service.
    func expectNothingInTheClear(_ platform: LivePlatform) async throws {
        let dump = platform.home.appending(path: "dump.sql").path
        let outcome = try await Program.run(
            URL(filePath: "/usr/lib/postgresql/15/bin/pg_dump"),
            ["--dbname", platform.database.connectionString, "--file", dump],
            [:],
            in: platform.home
        )
        #expect(outcome.status == 0, "\(outcome.error)")
        let text = try String(contentsOfFile: dump, encoding: .utf8)
        #expect(text.contains("sealed:1:") && text.contains("林知远"))
        for secret in Self.secrets + ["13900001234", "110105194912310021"] {
            #expect(!text.contains(secret), "\(secret) stands in the database")
            let hex = secret.utf8.map { String($0, radix: 16) }.joined()
            #expect(!text.contains(hex), "\(secret) stands in the database as bytes")
            #expect(!platform.log.contains(secret), "\(secret) stands in the log")
        }
    }

    @Test("who reads too many in the clear has to wait; others do not")
    func pace() async throws {
        try await withKeys(["CEYUAN_REGISTRY_UNMASKS_PER_MINUTE": "1"]) { platform, _ in
            let client = try platform.client
            _ = try await client.post("/v1/talents", body: talent("p"), as: RegistryRecord.self)
            _ = try await client.get("/v1/talents/p", query: ["purpose": "visa"], as: RegistryRecord.self)
            for path in ["/v1/talents/p", "/v1/records/p/page"] {
                let refused = await refusal { try await client.bytes(path, query: ["purpose": "visa"]) }
                #expect(refused?.code == "TOO_MANY_REQUESTS")
            }
            let looked = await refusal { try await lookUp("telephone", "13800005678", client) }
            #expect(looked?.code == "TOO_MANY_REQUESTS")
            _ = try await client.get("/v1/talents/p", as: RegistryRecord.self)
            let token = APIToken()
            try await platform.pool.addUser("other", role: "registry_officer", token: token)
            let other = try platform.client(token: token.text)
            let shown: RegistryRecord = try await other.get("/v1/talents/p", query: ["purpose": "visa"])
            #expect(shown.attributes["passport"] == .text("E12345678"))
        }
    }

    @Test("with its key the values of a record are gone, in every version, and reading says so")
    func erased() async throws {
        try await withKeys { platform, _ in
            let client = try platform.client
            _ = try await client.post("/v1/talents", body: talent("p"), as: RegistryRecord.self)
            try await platform.pool.execute("DELETE FROM registry.record_key")
            let masked: RegistryRecord = try await client.get("/v1/talents/p")
            #expect(masked.masks == Self.sealed.mapValues { _ in [] })
            let shown: RegistryRecord = try await client.get("/v1/talents/p", query: ["purpose": "visa"])
            #expect(Set(shown.masked) == Set(Self.sealed.keys) && shown.masks["mail"] == [])
            #expect(shown.attributes == ["name_zh": .text("林知远")])
        }
    }
}
