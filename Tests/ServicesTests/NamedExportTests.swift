import DomainModel
import Foundation
import PlatformClient
import PostgresClient
import Testing

/// Files of records that say who somebody is, through the live service and the command line.
@Suite("Files that name persons", .timeLimit(.minutes(5)))
struct NamedExportTests {
    private static let naming = [
        "name_zh", "name_pinyin", "name_foreign", "names_former", "orcid", "isni", "talent_code", "homepage", "note",
    ]

    private func text(_ client: PlatformClient, _ path: String, _ query: Query) async throws -> String {
        String(decoding: try await client.bytes(path, query: query).body, as: UTF8.self)
    }

    @Test(
        "a file of talents is refused unless it leaves out who they are; an approved one has it",
        arguments: ["csv", "ndjson"]
    )
    func talents(format: String) async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let people = try await TwoPeople(platform)
            try await people.talent(
                "p",
                ["orcid": .text("0000-0002-1825-0097"), "note": .text("a friend of 王明"), "degree": .text("doctor")]
            )
            var query: Query = ["format": format]
            let refused = await Sent.refusal { [query] in
                try await people.officer.bytes("/v1/talents/export", query: query)
            }
            #expect(refused?.code == "EXPORT_NAMES_PERSONS" && refused?.status == 409)
            #expect(refused?.member("fields", as: [String].self) == Self.naming)
            query.append("withoutNames", "true")
            let file = try await text(people.officer, "/v1/talents/export", query)
            #expect(file.contains("doctor") && file.contains("330110"))
            for part in ["林知远", "0000-0002-1825-0097", "王明"] + Self.naming { #expect(!file.contains(part), "\(part)") }
            let taken = try await platform.pool.query(
                """
                SELECT principal, subject_key, details->>'format' FROM audit.event WHERE action = 'export.take'
                """
            ).map { try $0.decode((String, String, String).self) }
            #expect(taken.map { "\($0) \($1) \($2)" } == ["user:officer talent \(format)"])
            // The page that a screen shows has the name.
            let page: Page<RegistryRecord> = try await people.officer.get("/v1/talents")
            #expect(page.items.map { $0.attributes["name_zh"] } == [.text("林知远")])
            let order = ExportOrder(
                filter: SavedListOrder.Question(kind: .talent),
                fields: ["name_zh", "orcid"],
                purpose: "talent_service",
                reason: "letters of 2026",
                recipient: "Talent office",
                format: ExportTerms.Format(rawValue: format)
            )
            let asked: Approval = try await people.officer.post("/v1/personal-exports", body: order)
            _ = try await people.approve(asked)
            let approved = try await text(people.officer, "/v1/personal-exports/\(asked.number)", [:])
            #expect(approved.contains("林知远") && approved.contains("0000-0002-1825-0097"))
        }
    }

    private struct Declaration: Encodable {
        let kind: String
        let field: FieldDefinition
    }

    @Test("files of firms and of statements need nothing, until the office adds a field that names persons")
    func firms() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let people = try await TwoPeople(platform)
            let firm = Sent.Record(
                key: "E-1",
                attributes: [
                    "name_zh": .text("某公司"), "legal_representative": .text("王明"), "region": .text(TwoPeople.own),
                ]
            )
            _ = try await people.officer.post("/v1/enterprises", body: firm, as: RegistryRecord.self)
            // The commercial register publishes its legal representative.
            #expect(try await text(people.officer, "/v1/enterprises/export", [:]).contains("王明"))
            #expect(try await text(people.officer, "/v1/statements/export", ["type": "employment"]).contains("subject"))
            let field = FieldDefinition("x_contact", "联系人", "Contact", .text, privacy: .identifying, source: "office")
            let declared = Declaration(kind: "enterprise", field: field)
            _ = try await platform.client.post("/v1/record-model/fields", body: declared, as: FieldDefinition.self)
            #expect(
                await people.code { try await people.officer.bytes("/v1/enterprises/export") } == "EXPORT_NAMES_PERSONS"
            )
            let file = try await text(people.officer, "/v1/enterprises/export", ["withoutNames": "true"])
            #expect(file.contains("某公司") && !file.contains("x_contact"))
        }
    }

    @Test("the command line says what to do next, in both languages")
    func commands() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let file = platform.home.appending(path: "talents.csv").path
            let export = ["talent", "export", "-o", file]
            let refused = try await Program.ceyuan(export, on: platform)
            #expect(refused.status == 1 && refused.error.contains("--without-names"), "\(refused)")
            #expect(refused.error.contains("ceyuan personal-export request"))
            let zh = try await Program.ceyuan(export + ["--language", "zh"], on: platform)
            #expect(zh.error.contains("另一人批准") && zh.error.contains("--without-names"), "\(zh.error)")
            #expect(!FileManager.default.fileExists(atPath: file))
            let given = try await Program.ceyuan(export + ["--without-names"], on: platform)
            #expect(given.status == 0)
            #expect(try String(contentsOfFile: file, encoding: .utf8).hasPrefix("key,state,from,nationality,"))
        }
    }
}
