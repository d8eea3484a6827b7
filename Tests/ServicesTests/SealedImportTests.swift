import DomainModel
import Foundation
import PersonalData
import PlatformClient
import PostgresClient
import ServiceKit
import Testing

/// Files with personal values that are kept sealed.
@Suite("Importing sealed values", .timeLimit(.minutes(5)))
struct SealedImportTests {
    private func withKeys(_ body: (LivePlatform) async throws -> Void) async throws {
        try await LivePlatform.run(starts: false) { platform in
            let file = try platform.write("personal.keys", MasterKeys.newText(naming: "a"))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
            try await platform.start(["CEYUAN_REGISTRY_KEYS_FILE": file])
            try await body(platform)
        }
    }

    private func found(_ field: String, _ value: String, _ platform: LivePlatform) async throws -> [String] {
        let lookup = RecordLookup(field: field, value: value, purpose: "test")
        let found: [FoundRecord] = try await platform.client.post("/v1/record-lookup", body: lookup)
        return found.map(\.key)
    }

    private func shown(_ key: String, _ platform: LivePlatform) async throws -> Attributes {
        let record: RegistryRecord = try await platform.client.get("/v1/talents/\(key)", query: ["purpose": "test"])
        return record.attributes
    }

    /// Resident numbers: GB 11643-1999, and made of its rule for the second.
    private static let first = """
        key,from,name_zh,birth_date,resident_id,telephone,mail
        T-1,2020-01-01,林知远,1949-12-31,11010519491231002X,13800005678; 057188886666,lin@example.com
        T-2,2020-01-01,陈墨,,,13800005679,
        T-3,2020-01-01,王无,,,,

        """

    @Test("sealed on the way in, found by their hash, kept in the clear nowhere; the same again changes nothing")
    func life() async throws {
        try await withKeys { platform in
            let batch = try await platform.importFile("talents", platform.write("a.csv", Self.first))
            #expect(batch.state == .committed && batch.receipt?.created == 3, "\(batch.conflicts)")
            let one = try await shown("T-1", platform)
            #expect(
                one["resident_id"] == .text("11010519491231002X") && one["mail"] == .list([.text("lin@example.com")])
            )
            #expect(one["telephone"] == .list([.text("13800005678"), .text("057188886666")]))
            #expect(try await found("resident_id", "11010519491231002X", platform) == ["T-1"])
            #expect(try await found("telephone", "138 0000 5679", platform) == ["T-2"])
            let stored = try await platform.pool.query("SELECT attributes::text FROM registry.record_version")
            for row in stored {
                let text = try row.decode(String.self)
                for secret in ["11010519491231002X", "1380000567", "lin@"] { #expect(!text.contains(secret)) }
            }

            // The values that are there keep their texts, so a file of the same says nothing new.
            let counts = try await platform.recordCounts()
            let same = try await platform.importFile("talents", platform.write("b.csv", "\(Self.first)\n"))
            #expect(same.receipt?.unchanged == 3 && same.receipt?.revised == 0, "\(same.conflicts)")
            #expect(try await platform.recordCounts()[..<2] == counts[..<2])

            let more = """
                key,from,telephone,major
                T-2,2022-01-01,13900001234,化学
                T-3,2022-01-01,13900001235,

                """
            let changed = try await platform.importFile("talents", platform.write("c.csv", more))
            #expect(changed.receipt?.revised == 2, "\(changed.conflicts)")
            #expect(try await shown("T-2", platform)["telephone"] == .list([.text("13900001234")]))
            #expect(try await shown("T-3", platform)["telephone"] == .list([.text("13900001235")]))
            #expect(try await found("telephone", "13900001235", platform) == ["T-3"])
            #expect(!platform.log.contains("13900001234"))
            try await platform.waitForSettling()
            #expect(try await Program.ceyuan(["audit", "verify", "--records"], on: platform).status == 0)
        }
    }

    @Test("numbers that another record or row has, that contradict a birth, or have no key to be bound to, are refused")
    func faults() async throws {
        try await withKeys { platform in
            _ = try await platform.importFile("talents", platform.write("a.csv", Self.first))
            let wrong = """
                key,name_zh,birth_date,resident_id,telephone
                T-5,甲,,11010519491231002X,
                T-6,乙,1990-01-01,440524188001010014,
                ,丙,,,13800000001
                T-7,丁,,110105194912310021,
                T-8,戊,,,13800000002
                T-8,戊,,,13800000002

                """
            let batch = try await platform.importFile(
                "talents",
                platform.write("b.csv", wrong),
                ["mode": "partial"]
            )
            let told = batch.conflicts.map { "\($0.line ?? 0) \($0.code.rawValue) \($0.field ?? "")" }
            #expect(
                told == [
                    "2 IDENTIFIER_TAKEN resident_id", "3 BIRTH_DATE_CONTRADICTS birth_date", "4 FIELD_MISSING key",
                    "5 IDENTIFIER_CHECK_DIGIT resident_id", "7 DUPLICATE_SAME_VALUE key",
                ]
            )
            #expect(batch.conflicts.first?.nearest == ["T-1"])
            #expect(batch.conflicts.filter { $0.field == "resident_id" }.allSatisfy { $0.given == nil })
            #expect(batch.receipt?.created == 1 && batch.receipt?.duplicates == 1)
        }
    }

    @Test("a number and a date of birth contradict each other also where the register or another row has one of them")
    func births() async throws {
        try await withKeys { platform in
            let known = """
                key,from,name_zh,birth_date,resident_id
                T-1,2020-01-01,甲,,11010519491231002X
                T-2,2020-01-01,乙,1990-01-01,
                T-3,2020-01-01,丙,1880-01-01,

                """
            _ = try await platform.importFile("talents", platform.write("a.csv", known))
            // T-1 and T-2 lack one of the two, T-3 gets the right number, T-4 stands in two rows that disagree.
            let more = """
                key,from,name_zh,birth_date,resident_id
                T-1,2021-01-01,,1949-12-30,
                T-2,2021-01-01,,,110105194912310038
                T-3,2021-01-01,,,440524188001010014
                T-4,2020-01-01,丁,1949-12-30,
                T-4,2021-01-01,,,11010519491231002X
                T-1,2022-01-01,,1949-12-31,

                """
            let file = try platform.write("b.csv", more)
            let rehearsal = try await platform.importFile("talents", file, ["mode": "partial", "rehearse": "true"])
            let batch = try await platform.importFile("talents", file, ["mode": "partial"])
            #expect(rehearsal.receiptDigest == batch.receiptDigest)
            let told = batch.conflicts.map { "\($0.line ?? 0) \($0.code.rawValue) \($0.field ?? "")" }
            #expect(
                told == [
                    "2 BIRTH_DATE_CONTRADICTS birth_date", "3 BIRTH_DATE_CONTRADICTS birth_date",
                    "6 IDENTIFIER_TAKEN resident_id",
                ]
            )
            #expect(batch.receipt?.created == 1 && batch.receipt?.revised == 2 && batch.receipt?.rejected == 3)
            #expect(try await shown("T-1", platform)["birth_date"] == .text("1949-12-31"))
            #expect(try await shown("T-2", platform)["resident_id"] == nil)

            let moved = """
                key,from,name_zh,birth_date,resident_id
                T-5,2020-01-01,戊,1949-12-30,
                T-5,2021-01-01,,,110105194912310038

                """
            let refused = try await platform.importFile("talents", platform.write("c.csv", moved), ["mode": "partial"])
            #expect(refused.conflicts.map { "\($0.line ?? 0) \($0.code.rawValue)" } == ["3 BIRTH_DATE_CONTRADICTS"])
        }
    }
}
