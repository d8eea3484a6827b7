import DomainModel
import PlatformClient
import Testing

/// Exports of personal data of whoever a filter or a saved list answers.
@Suite("Exports of personal data by list", .timeLimit(.minutes(5)))
struct PersonalExportListTests {
    private func order(
        records: [String]? = nil,
        filter: SavedListOrder.Question? = nil,
        list: Int64? = nil
    ) -> ExportOrder {
        ExportOrder(
            records: records,
            filter: filter,
            list: list,
            fields: ["name_zh", "birth_date"],
            purpose: "talent_service",
            reason: "housing of talents, 2026",
            recipient: "Housing office"
        )
    }

    @Test("the records that answer when it is asked for are approved, and no later ones")
    func export() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let people = try await TwoPeople(platform)
            try await people.talent("p", ["introduced_on": .text("2024-03-01"), "birth_date": .text("1980-05-17")])
            try await people.talent("q", ["introduced_on": .text("2023-12-31")])
            try await people.talent("r", in: TwoPeople.foreign, ["introduced_on": .text("2024-03-01")])
            let question = SavedListOrder.Question(kind: .talent, where: ["introduced_on:gte:2024-01-01"])
            let asked: Approval = try await people.officer.post("/v1/personal-exports", body: order(filter: question))
            // The record of another district is none that the officer sees.
            #expect(asked.records == ["p"])
            try await people.talent("s", ["introduced_on": .text("2025-01-01")])
            _ = try await people.approve(asked)
            let reply = try await people.officer.bytes("/v1/personal-exports/\(asked.number)")
            #expect(
                String(decoding: reply.body, as: UTF8.self) == "key,name_zh,birth_date\r\np,林知远,1980-05-17\r\n"
            )
            let list = SavedListOrder(name: "newcomers", sharing: .owner, question: question)
            let saved: SavedList = try await people.officer.post("/v1/saved-lists", body: list)
            let listed: Approval = try await people.officer.post(
                "/v1/personal-exports",
                body: order(list: saved.id)
            )
            #expect(listed.records == ["p", "s"])
        }
    }

    @Test("nothing, too much to say, a list of others and a wrong filter are refused")
    func refused() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let people = try await TwoPeople(platform)
            let nobody = SavedListOrder.Question(kind: .talent, where: ["introduced_on:lt:1900-01-01"])
            let wrong = SavedListOrder.Question(kind: .talent, where: ["birth_date:lt:1900-01-01"])
            let cases: [(order: ExportOrder, code: String)] = [
                (order(), "BODY_INVALID"), (order(records: ["p"], filter: nobody), "BODY_INVALID"),
                (order(filter: nobody), "BODY_INVALID"), (order(list: 999), "NOT_FOUND"),
                (order(filter: wrong), "PARAMETER_INVALID"),
            ]
            for (order, code) in cases {
                let found = await people.code {
                    try await people.officer.post("/v1/personal-exports", body: order, as: Approval.self)
                }
                #expect(found == code)
            }
        }
    }
}
