import DomainModel
import Foundation
import PlatformClient
import PostgresClient
import ServiceKit
import Testing

/// The ledger of consents through the live service, its real database role, and the command line.
@Suite("Consents", .timeLimit(.minutes(5)))
struct ConsentRoutesTests {
    private struct Order: Encodable {
        let key: String
        let attributes: Attributes
    }

    private func code(_ body: () async throws -> some Any) async -> String? {
        do {
            _ = try await body()
            return nil
        } catch {
            return problem(error as? PlatformClientError)?.code
        }
    }

    private func talent(_ key: String, _ region: String, on platform: LivePlatform) async throws {
        let order = Order(key: key, attributes: ["name_zh": .text("甲"), "region": .text(region)])
        _ = try await platform.client.post("/v1/talents", body: order, as: RegistryRecord.self)
    }

    @Test("a consent is given, asked about and taken back; the ledger keeps both, and the trail")
    func life() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            try await talent("p", "330110", on: platform)
            let order = ConsentOrder(
                purpose: "talent_service",
                basis: .consent,
                fields: ["telephone"],
                givenAt: Instant("2026-01-05T00:00:00Z"),
                channel: .paper,
                evidence: Consent.Evidence(document: "HZ-2026-7", sha256: String(repeating: "ab", count: 32))
            )
            let line: Consent = try await client.post("/v1/records/p/consents", body: order)
            #expect(line.ground.form == .general && line.recordedBy == "user:test" && line.withdrawal == nil)
            func ask(_ query: Query) async throws -> ConsentAnswer {
                try await client.get("/v1/records/p/consents/answer", query: query)
            }
            // Telephones are sealed, so sensitive: the consent must be a separate one.
            let general = try await ask(["purpose": "talent_service", "field": "telephone"])
            #expect(!general.isCovered && general.lack == .form)
            let separate = ConsentOrder(
                purpose: "talent_service",
                basis: .consent,
                form: .separate,
                fields: ["telephone"],
                givenAt: Instant("2026-01-06T00:00:00Z"),
                channel: .online
            )
            let second: Consent = try await client.post("/v1/records/p/consents", body: separate)
            #expect(try await ask(["purpose": "talent_service", "field": "telephone"]).grounds == [second])

            let end = ConsentEnd(at: Instant("2026-02-01T00:00:00Z"), channel: .spoken, note: "by telephone")
            let ended: Consent = try await client.post("/v1/consents/\(second.number)/withdraw", body: end)
            #expect(ended.withdrawal?.note == "by telephone")
            let again = await code {
                try await client.post("/v1/consents/\(second.number)/withdraw", body: end, as: Consent.self)
            }
            #expect(again == "CONSENT_ENDED")
            let query: Query = ["purpose": "talent_service", "field": "telephone"]
            var before = query
            before.set("at", "2026-01-31T00:00:00Z")
            #expect(try await ask(query).lack == .form)
            #expect(try await ask(before).isCovered)
            let ledger: Page<Consent> = try await client.get("/v1/records/p/consents", query: ["limit": "1"])
            #expect(ledger.items == [ended] && ledger.next != nil)

            let verbs = try await platform.pool.query(
                "SELECT action FROM audit.event WHERE subject_kind = 'consent' ORDER BY occasion"
            ).map { try $0.decode(String.self) }
            #expect(verbs == ["consent.give", "consent.give", "consent.withdraw"])
            struct Compared: Decodable { let items: [Item] }
            struct Item: Decodable { let records: Int64, faultCount: Int64 }
            let compared: Compared = try await client.get("/v1/audit/records", query: ["kind": "consent"])
            #expect(compared.items.map(\.records) == [2] && compared.items.map(\.faultCount) == [0])
        }
    }

    @Test("the ledger is a ledger in the database too")
    func appendOnly() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            try await talent("p", "330110", on: platform)
            let order = ConsentOrder(purpose: "visa", basis: .legalDuty, channel: .document)
            let line: Consent = try await platform.client.post("/v1/records/p/consents", body: order)
            #expect(line.ground.form == nil)
            for statement in [
                "UPDATE registry.consent SET purpose = 'other'", "DELETE FROM registry.consent",
                "TRUNCATE registry.consent CASCADE",
            ] {
                await #expect(throws: PostgresError.self, "\(statement)") {
                    try await platform.pool.execute("\(unescaped: statement)")
                }
            }
        }
    }

    @Test("what is wrong is refused, and consents of another region are as if they were not")
    func refusals() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            try await talent("own", "330110", on: platform)
            try await talent("foreign", "330106", on: platform)
            let client = try platform.client
            let order = ConsentOrder(purpose: "visa", basis: .consent, channel: .paper)
            let line: Consent = try await client.post("/v1/records/foreign/consents", body: order)
            let token = APIToken()
            try await platform.pool.addUser("officer", role: "registry_officer", region: "330110", token: token)
            let officer = try platform.client(token: token.text)
            _ = try await officer.post("/v1/records/own/consents", body: order, as: Consent.self)
            for path in ["/v1/records/foreign/consents", "/v1/consents/\(line.number)"] {
                #expect(await code { try await officer.bytes(path) } == "NOT_FOUND", "\(path)")
            }
            #expect(
                await code { try await officer.post("/v1/records/foreign/consents", body: order, as: Consent.self) }
                    == "NOT_FOUND"
            )
            let end = ConsentEnd(channel: .paper)
            #expect(
                await code {
                    try await officer.post("/v1/consents/\(line.number)/withdraw", body: end, as: Consent.self)
                }
                    == "NOT_FOUND"
            )
            for wrong in [
                ConsentOrder(purpose: "Visa!", basis: .consent, channel: .paper),
                ConsentOrder(purpose: "visa", basis: .contract, form: .written, channel: .paper),
                ConsentOrder(purpose: "visa", basis: .consent, fields: ["telefone"], channel: .paper),
                ConsentOrder(purpose: "visa", basis: .consent, givenAt: Instant("2999-01-01"), channel: .paper),
                ConsentOrder(purpose: "visa", basis: .consent, channel: .paper, note: ""),
                ConsentOrder(purpose: "visa", basis: .consent, channel: .paper, note: "a\0b"),
                ConsentOrder(
                    purpose: "visa",
                    basis: .consent,
                    channel: .paper,
                    evidence: Consent.Evidence(document: "x", sha256: "AB")
                ),
            ] {
                #expect(
                    await code { try await client.post("/v1/records/own/consents", body: wrong, as: Consent.self) }
                        == "BODY_INVALID",
                    "\(wrong)"
                )
            }
            let viewer = APIToken()
            try await platform.pool.addUser("viewer", role: "viewer", token: viewer)
            let looking = try platform.client(token: viewer.text)
            #expect(await code { try await looking.bytes("/v1/records/own/consents") } == "PERMISSION_DENIED")
        }
    }

    @Test("the command line writes, lists, ends and asks")
    func commands() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            try await talent("p", "330110", on: platform)
            func run(_ line: String) async throws -> Program.Outcome {
                try await Program.ceyuan(line.split(separator: " ").map(String.init), on: platform)
            }
            let added = try await run("consent add p --purpose visa --channel paper --document A-1 --format csv")
            let number = try #require(added.output.split(separator: "\r\n").last?.prefix { $0 != "," })
            #expect(try await run("consent check p --purpose visa").status == 0)
            #expect(try await run("consent withdraw \(number) --channel spoken").status == 0)
            let refused = try await run("consent check p --purpose visa --language zh")
            #expect(refused.status == 1 && refused.output.contains("同意已撤回"))
            #expect(try await run("consent list p --format csv").output.contains("A-1"))
        }
    }
}
