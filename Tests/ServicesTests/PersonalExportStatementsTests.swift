import DomainModel
import Foundation
import PlatformClient
import PostgresClient
import Testing

/// Exports of what is said of persons, with what is personal of it.
@Suite("Exports of statements about persons", .timeLimit(.minutes(5)))
struct PersonalExportStatementsTests {
    private struct Saying: Encodable {
        var type: String
        var term: String
        var from: String
        var attributes: Attributes
    }

    private func order(
        _ statements: String,
        _ fields: [String]? = nil,
        _ format: ExportTerms.Format? = nil
    ) -> ExportOrder {
        ExportOrder(
            records: ["p", "q"],
            statements: statements,
            fields: fields,
            purpose: "talent_service",
            reason: "subsidies of 2026",
            recipient: "Housing office",
            format: format
        )
    }

    private func pay(_ people: TwoPeople, _ key: String, _ amount: String) async throws {
        let said = Saying(
            type: "pay",
            term: "annual_salary",
            from: "2024-01-01",
            attributes: ["amount": .text(amount), "basis": .text("=contract")]
        )
        _ = try await people.platform.client.post(
            "/v1/records/\(key)/statements",
            body: said,
            as: RegistryStatement.self
        )
    }

    @Test("what is said of the records is given out in the clear when a second person has approved, and it is recorded")
    func export() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let people = try await TwoPeople(platform)
            for key in ["p", "q"] { try await people.talent(key) }
            try await pay(people, "p", "36.5")
            // No other file has the amount.
            let file = try await people.officer.bytes("/v1/statements/export", query: ["type": "pay"])
            #expect(!String(decoding: file.body, as: UTF8.self).contains("36.5"))

            let asked: Approval = try await people.officer.post("/v1/personal-exports", body: order("pay", ["amount"]))
            #expect(asked.export?.statements == "pay" && asked.export?.fields == ["amount"])
            let path = "/v1/personal-exports/\(asked.number)"
            #expect(await people.code { try await people.officer.bytes(path) } == "APPROVAL_STATE")
            _ = try await people.approve(asked)
            let reply = try await people.officer.bytes(path)
            #expect(
                String(decoding: reply.body, as: UTF8.self)
                    == "subject,object,term,share,from,until,amount\r\np,,annual_salary,,2024-01-01,,36.5\r\n"
            )
            let readings = try await platform.pool.query(
                """
                SELECT subject_key, details->'fields'->>0 FROM audit.event
                WHERE action = 'record.read' AND principal = 'user:officer' ORDER BY occasion, sequence
                """
            ).map { try $0.decode((String, String).self) }
            #expect(readings.map { "\($0) \($1)" } == ["p pay.amount", "q pay.amount"])

            let lines: Approval = try await people.officer.post(
                "/v1/personal-exports",
                body: order("pay", nil, .ndjson)
            )
            _ = try await people.approve(lines)
            let line = try await people.officer.bytes("/v1/personal-exports/\(lines.number)")
            #expect(
                String(decoding: line.body, as: UTF8.self)
                    == #"{"attributes":{"amount":"36.5","basis":"=contract"},"from":"2024-01-01","subject":"p","#
                    + #""term":"annual_salary","type":"pay"}"# + "\n"
            )
        }
    }

    @Test("kinds that are not said of such records, and fields of others, are refused with what would be right")
    func refused() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let people = try await TwoPeople(platform)
            for key in ["p", "q"] { try await people.talent(key) }
            let cases: [(order: ExportOrder, near: String)] = [
                (order("pays"), ": pay"), (order("figures"), "statement"), (order("pay", ["amounts"]), "amount"),
            ]
            for (order, near) in cases {
                let refused = await Sent.refusal {
                    try await people.officer.post("/v1/personal-exports", body: order, as: Approval.self)
                }
                #expect(refused?.code == "BODY_INVALID" && refused?.detail.en.contains(near) == true, "\(near)")
            }
        }
    }

    @Test("the command line asks for statements, and shows what was asked for in words")
    func command() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let people = try await TwoPeople(platform)
            try await people.talent("p")
            let line =
                "personal-export request p --statements pay --field amount --purpose visa --recipient office "
                + "--reason visas --language zh"
            let asked = try await Program.ceyuan(line.split(separator: " ").map(String.init), on: platform)
            #expect(asked.status == 0 && asked.output.contains("薪酬与激励·年度金额"), "\(asked)")
        }
    }
}
