import DomainModel
import Foundation
import PersonalData
import PlatformClient
import PostgresClient
import Testing

/// Files of statements with values that are kept sealed: the numbers of permits.
@Suite("Importing sealed values of statements", .timeLimit(.minutes(5)))
struct SealedStatementImportTests {
    private static let people = """
        key,from,name_zh,telephone
        T-1,2020-01-01,甲,
        T-2,2020-01-01,乙,13800005678

        """
    private static let header = "subject,term,from,until,number,issuer\n"
    private static let permits =
        header + """
            T-1,work,2021-01-01,2022-01-01,WP1000001,外专局
            T-1,work,2022-01-01,2023-01-01,WP1000002,外专局
            T-2,work,2021-01-01,,WP2000001,
            T-2,work,2021-01-01,,WP2000001,
            T-2,residence,2021-01-01,,,公安局

            """

    private func withPeople(keys: Bool = true, _ body: (LivePlatform) async throws -> Void) async throws {
        try await LivePlatform.run(starts: false) { platform in
            let file = try platform.write("personal.keys", MasterKeys.newText(naming: "a"))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
            try await platform.start(keys ? ["CEYUAN_REGISTRY_KEYS_FILE": file] : [:])
            let people = keys ? Self.people : Self.people.replacing("13800005678", with: "")
            let made = try await platform.importFile("talents", platform.write("p.csv", people))
            #expect(made.receipt?.created == 2, "\(made.conflicts)")
            try await body(platform)
        }
    }

    private func found(_ number: String, _ platform: LivePlatform) async throws -> [String] {
        let lookup = RecordLookup(field: "permit.number", value: number, purpose: "test")
        let found: [FoundRecord] = try await platform.client.post("/v1/record-lookup", body: lookup)
        return found.map(\.key)
    }

    private func permits(of key: String, _ platform: LivePlatform) async throws -> [RegistryStatement] {
        let query: Query = ["subject": key, "type": "permit", "purpose": "test"]
        return try await platform.client.get("/v1/statements", query: query, as: Page<RegistryStatement>.self).items
    }

    @Test(
        "sealed with the keys of their records, found by their hash, in the clear nowhere; the same again says nothing"
    )
    func life() async throws {
        try await withPeople { platform in
            let file = try platform.write("s.csv", Self.permits)
            let rehearsed = try await platform.importStatements("permit", file, ["rehearse": "true"])
            let made = try await platform.importStatements("permit", file)
            #expect(made.receiptDigest == rehearsed.receiptDigest, "\(rehearsed.conflicts)")
            #expect(made.receipt?.created == 4 && made.receipt?.duplicates == 1, "\(made.conflicts)")
            let first = try await permits(of: "T-1", platform)
            #expect(
                Set(first.map { $0.attributes["number"] }) == [.text("WP1000001"), .text("WP1000002")]
                    && first.allSatisfy { $0.attributes["issuer"] == .text("外专局") }
            )
            #expect(try await found("WP 2000001", platform) == ["T-2"])
            for row in try await platform.pool.query("SELECT attributes::text FROM registry.statement") {
                let text = try row.decode(String.self)
                #expect(!text.contains("WP"))
            }
            let masked: Page<RegistryStatement> = try await platform.client.get(
                "/v1/statements",
                query: ["subject": "T-1", "type": "permit"]
            )
            #expect(masked.items.allSatisfy { $0.masked == ["number"] && $0.attributes["number"] == nil })

            let counts = try await platform.recordCounts()
            let same = try await platform.importStatements("permit", platform.write("t.csv", Self.permits + "\n"))
            #expect(same.receipt?.unchanged == 4 && same.receipt?.revised == 0, "\(same.conflicts)")
            #expect(try await platform.recordCounts() == counts)

            // Another number under the same statement: the record is found by it, and by the old one no more.
            let next = Self.header + "T-1,work,2022-01-01,2023-01-01,WP1000003,外专局\n"
            let revised = try await platform.importStatements("permit", platform.write("u.csv", next))
            #expect(revised.receipt?.revised == 1, "\(revised.conflicts)")
            #expect(try await found("WP1000003", platform) == ["T-1"])
            #expect(try await found("WP1000002", platform) == [])
            #expect(try await found("WP1000001", platform) == ["T-1"])
            #expect(!platform.log.contains("WP1000003"))
            try await platform.waitForSettling()
            let verified = try await Program.ceyuan(["audit", "verify", "--records"], on: platform)
            #expect(verified.status == 0, "\(verified.output)")
        }
    }

    @Test("without keys such a row is refused, and others are taken")
    func withoutKeys() async throws {
        try await withPeople(keys: false) { platform in
            let file = try platform.write("s.csv", Self.permits)
            let batch = try await platform.importStatements("permit", file, ["mode": "partial"])
            #expect(
                batch.conflicts.map { "\($0.line ?? 0) \($0.code.rawValue) \($0.field ?? "")" } == [
                    "2 FIELD_SEALED number", "3 FIELD_SEALED number", "4 FIELD_SEALED number", "5 FIELD_SEALED number",
                ]
            )
            #expect(batch.conflicts.allSatisfy { $0.given == nil })
            #expect(batch.receipt?.created == 1)
        }
    }
}
