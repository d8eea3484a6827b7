import DomainModel
import Foundation
import PlatformClient
import PostgresClient
import Testing

/// Files of statements, and whole folders, through the live service.
@Suite("Importing statements", .timeLimit(.minutes(10)))
struct StatementImportTests {
    private static let header = "subject,object,term,share,from,until,position\n"

    private func people(_ platform: LivePlatform) async throws {
        let talents = try platform.write(
            "p.csv",
            "key,from,name_zh,region,birth_date\nT-1,2020-01-01,甲,330110,1990-05-01\nT-2,,乙,330110,\n"
        )
        let firms = try platform.write(
            "f.csv",
            "key,name_zh,region,uscc\nE-1,甲公司,330110,91350100M000100Y43\nE-2,乙公司,330110,\n"
        )
        #expect(try await platform.importFile("talents", talents).state == .committed)
        let made = try await platform.importFile("enterprises", firms)
        #expect(made.state == .committed, "\(made.conflicts)")
    }

    @Test("rows make statements, say them otherwise, or say nothing new; ends are found by key and by identifier")
    func life() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            try await people(platform)
            let file = try platform.write(
                "s.csv",
                Self.header + """
                    T-1,E-1,dual,0.5,2020-01-01,,工程师
                    T-1,uscc:91350100M000100Y43,dual,0.3,2018-01-01,2020-01-01,
                    T-2,E-2,full_time,,2021-01-01,,
                    T-2,E-2,full_time,,2021-01-01,,

                    """
            )
            let rehearsed = try await platform.importStatements("employment", file, ["rehearse": "true"])
            let made = try await platform.importStatements("employment", file)
            #expect(made.state == .committed, "\(made.conflicts) \(made.failure ?? "")")
            #expect(made.receiptDigest == rehearsed.receiptDigest && made.dataset == "registry.statement.employment")
            let receipt = try #require(made.receipt)
            #expect(receipt.created == 3 && receipt.duplicates == 1 && receipt.rejected == 0, "\(receipt)")
            let said: Page<RegistryStatement> = try await platform.client.get(
                "/v1/statements",
                query: ["subject": "T-1"]
            )
            #expect(
                said.items.map(\.object) == ["E-1", "E-1"] && said.items.first?.attributes["position"] == .text("工程师")
            )
            #expect(said.items.first?.recorded.batch == made.id)

            // The end is known now: the same statement under its number. The rest is as it was.
            let later = try platform.write(
                "s2.csv",
                Self.header + "T-1,E-1,dual,0.5,2020-01-01,2024-01-01,工程师\nT-2,E-2,full_time,,2021-01-01,,\n"
            )
            let revised = try await platform.importStatements("employment", later)
            #expect(revised.receipt?.revised == 1 && revised.receipt?.unchanged == 1, "\(revised)")
            let now: Page<RegistryStatement> = try await platform.client.get(
                "/v1/statements",
                query: ["subject": "T-1"]
            )
            #expect(now.items.map(\.number) == said.items.map(\.number))
            #expect(now.items.first?.until == CivilDate(iso: "2024-01-01"))

            try await platform.waitForSettling()
            let say = [
                "talent", "say", "T-2", "employment", "--object", "E-1", "--term", "dual", "--from", "2024-01-01",
            ]
            #expect(try await Program.ceyuan(say, on: platform).status == 0)
            let third = try platform.write("s3.csv", Self.header + "T-2,E-1,flexible,,2023-01-01,2024-01-01,\n")
            #expect(try await platform.importStatements("employment", third).receipt?.created == 1)
            try await platform.waitForSettling()
            let verified = try await Program.ceyuan(["audit", "verify", "--records"], on: platform)
            #expect(verified.status == 0, "\(verified.output)")
        }
    }

    @Test("unknown ends, wrong kinds, overlaps and shares over one are told; nobody is found by what is about them")
    func faults() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            try await people(platform)
            let file = try platform.write(
                "s.csv",
                Self.header + """
                    T-9,E-1,dual,0.5,2020-01-01,,
                    E-1,E-2,dual,0.5,2020-01-01,,
                    T-1,T-2,dual,0.5,2020-01-01,,
                    T-1,,duel,1.5,2020-01-01,2019-01-01,
                    T-1,E-1,dual,0.7,2020-01-01,,
                    T-1,E-2,dual,0.7,2021-01-01,,
                    T-1,E-1,dual,0.1,2022-01-01,,
                    birth_date:1990-05-01,E-2,dual,0.1,2010-01-01,2011-01-01,

                    """
            )
            let batch = try await platform.importStatements("employment", file, ["mode": "partial"])
            #expect(batch.state == .committed, "\(batch.failure ?? "")")
            let told = batch.conflicts.map { "\($0.line ?? 0) \($0.field ?? "") \($0.code.rawValue)" }
            #expect(
                Set(told) == [
                    "2 subject REFERENCE_UNKNOWN", "3 subject RELATION_KIND", "4 object RELATION_KIND",
                    "5 object FIELD_MISSING", "5 term TERM_UNKNOWN", "5 share FIELD_OUT_OF_RANGE",
                    "5 until VALIDITY_INVALID",
                    "7 share SHARE_OVER_ONE", "8 from STATEMENT_OVERLAP", "9 subject REFERENCE_UNKNOWN",
                ],
                "\(told)"
            )
            #expect(batch.receipt?.created == 1 && batch.receipt?.rejected == 7)
        }
    }

    @Test("a folder that sample registry writes is loaded by one command, and again without effect")
    func folder() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let folder = platform.home.appending(path: "sample").path
            let sample = ["sample", "registry", "--talents", "60", "--enterprises", "30", "--out", folder]
            #expect(try await Program.ceyuan(sample, in: platform.home).status == 0)
            try Self.leaveSealedOut(folder)
            let loaded = try await Program.ceyuan(["register", "import", folder], on: platform)
            #expect(loaded.status == 0, "\(loaded.output.suffix(3_000)) \(loaded.error.suffix(1_000))")
            let counts = try await platform.recordCounts()
            #expect(counts[0] > 120 && counts[3] > 200, "\(counts)")
            let again = try await Program.ceyuan(["register", "import", folder], on: platform)
            #expect(again.status == 0)
            #expect(try await platform.recordCounts() == counts)
            try await platform.waitForSettling()
            #expect(try await Program.ceyuan(["audit", "verify", "--records"], on: platform).status == 0)
            try await roundTrip(platform, named: URL(filePath: folder).appending(path: "talent.ndjson").path)
        }
    }

    /// What is exported from one register makes another one that exports the same bytes; of talents one that knows their
    /// names already, which no export has.
    private func roundTrip(_ platform: LivePlatform, named talents: String) async throws {
        func export(_ platform: LivePlatform, _ ending: String, _ name: String) async throws -> [String] {
            var files: [String] = []
            for kind in ["talent", "enterprise", "organisation", "platform", "project"] {
                let file = platform.home.appending(path: "\(name).\(kind).\(ending)").path
                let names = kind == "talent" ? ["--without-names"] : []
                let outcome = try await Program.ceyuan([kind, "export", "-o", file] + names, on: platform)
                #expect(outcome.status == 0, "\(outcome.error)")
                files.append(file)
            }
            for type in ["employment", "move"] {
                let file = platform.home.appending(path: "\(name).\(type).\(ending)").path
                let outcome = try await Program.ceyuan(["statement", "export", type, "-o", file], on: platform)
                #expect(outcome.status == 0, "\(outcome.error)")
                files.append(file)
            }
            return files
        }
        for ending in ["csv", "ndjson"] {
            let first = try await export(platform, ending, "first")
            try await LivePlatform.runWithReferenceData { other in
                let named = try await other.importFile("talents", talents, type: "application/x-ndjson")
                #expect(named.state == .committed)
                let plurals = ["talents", "enterprises", "organisations", "platforms", "projects"]
                let type = ending == "csv" ? "text/csv" : "application/x-ndjson"
                for (plural, file) in zip(plurals, first) {
                    let batch = try await other.importFile(plural, file, type: type)
                    #expect(batch.state == .committed, "\(batch.conflicts)")
                }
                for (statement, file) in zip(["employment", "move"], first.suffix(2)) {
                    let batch = try await other.importFile("statements", file, ["type": statement], type: type)
                    #expect(batch.state == .committed, "\(batch.conflicts)")
                }
                let second = try await export(other, ending, "second")
                for (one, two) in zip(first, second) {
                    let same = try Data(contentsOf: URL(filePath: one)) == Data(contentsOf: URL(filePath: two))
                    #expect(same, "\(one)")
                }
            }
        }
    }

    /// Takes out of the files what the register cannot seal without a key.
    private static func leaveSealedOut(_ folder: String) throws {
        for kind in RegistryKind.allCases {
            let url = URL(filePath: folder).appending(path: "\(kind.rawValue).ndjson")
            guard let text = try? String(contentsOf: url, encoding: .utf8) else { continue }
            let sealed = RecordModel.standard.fields(of: kind).filter { $0.privacy == .sealed }.map(\.code)
            let lines = try text.split(separator: "\n").map { line in
                var text = String(line)
                for code in sealed {
                    let member = "\"\(code)\":(\\[[^\\]]*\\]|\"[^\"]*\")"
                    text = text.replacing(try Regex(",\(member)"), with: "").replacing(
                        try Regex("\(member),"),
                        with: ""
                    )
                }
                return text
            }
            try (lines.joined(separator: "\n") + "\n").write(to: url, atomically: true, encoding: .utf8)
        }
    }
}

extension LivePlatform {
    /// Imports a file of statements and waits for its end.
    func importStatements(_ type: String, _ file: String, _ options: [String: String] = [:]) async throws -> Batch {
        try await importFile("statements", file, options.merging(["type": type]) { $1 })
    }
}
