import AuditTrail
import DomainModel
import Foundation
import PlatformClient
import PostgresClient
import ServiceKit
import Testing

/// What persons ask for, through the live service and its real database role.
@Suite("Requests of persons", .timeLimit(.minutes(5)))
struct SubjectRequestTests {
    private func withTwoPeople(_ body: (TwoPeople) async throws -> Void) async throws {
        try await LivePlatform.runWithReferenceData { try await body(TwoPeople($0)) }
    }

    private func lodge(
        _ kind: SubjectRequest.Kind,
        of key: String = "p",
        received day: CivilDate? = nil,
        _ people: TwoPeople
    ) async throws -> SubjectRequest {
        try await people.officer.post(
            "/v1/subject-requests",
            body: SubjectOrder(subject: key, kind: kind, channel: .paper, receivedOn: day)
        )
    }

    private func step(
        _ number: Int64,
        _ verb: String,
        _ people: TwoPeople,
        _ order: SubjectStepOrder = SubjectStepOrder(remark: "passport seen")
    ) async throws -> SubjectRequest {
        try await people.officer.post("/v1/subject-requests/\(number)/\(verb)", body: order)
    }

    @Test("a copy has everything: values in the clear, what was believed, who has read them and what for")
    func copy() async throws {
        try await withTwoPeople { people in
            try await people.talent("p", ["birth_date": .text("1980-05-17")])
            let consent = ConsentOrder(purpose: "visa", basis: .consent, channel: .paper)
            let line: Consent = try await people.officer.post("/v1/records/p/consents", body: consent)
            _ = try await people.officer.get("/v1/talents/p", query: ["purpose": "visa of p"], as: RegistryRecord.self)
            let lodged = try await lodge(.copy, people)
            #expect(lodged.state == .received && lodged.steps.map(\.by) == ["user:officer"])
            #expect(lodged.dueOn.daysSince1970 == lodged.receivedOn.daysSince1970 + 15)
            let path = "/v1/subject-requests/\(lodged.number)/copy"
            // Nobody gets a copy before it is known who asks.
            #expect(await people.code { try await people.officer.bytes(path) } == "SUBJECT_REQUEST_STATE")
            #expect(
                await people.code { try await step(lodged.number, "take", people, SubjectStepOrder()) }
                    == "BODY_INVALID"
            )
            #expect(try await step(lodged.number, "take", people).state == .inWork)
            #expect(
                await people.code { try await step(lodged.number, "done", people) } == "SUBJECT_REQUEST_STATE",
                "nothing was given out"
            )
            let reply: HTTPReply<SubjectCopy> = try await people.officer.reply(get: path)
            let copy = reply.body
            #expect(reply["Cache-Control"] == "no-store")
            #expect(copy.versions.map { $0.attributes["birth_date"] } == [.text("1980-05-17")])
            #expect(copy.history.contains { $0.field == "birth_date" && $0.new == .text("1980-05-17") })
            #expect(copy.consents == [line])
            #expect(copy.readings.map(\.purpose) == ["visa of p"] && copy.readings.map(\.by) == ["user:officer"])
            let done = try await step(lodged.number, "done", people)
            #expect(done.state == .done && done.steps.map(\.state) == [.received, .inWork, .done])
            #expect(
                await people.code { try await step(lodged.number, "refuse", people) } == "SUBJECT_REQUEST_STATE"
            )
            #expect(try await people.faults(of: "subject_request") == 0)
            // Whoever only looks after the requests sees no values.
            #expect(await people.code { try await people.privacy.bytes(path) } == "PERMISSION_DENIED")
        }
    }

    @Test("what is called done was done: the record was mended, or erased")
    func proof() async throws {
        try await withTwoPeople { people in
            try await people.talent("p", ["major": .text("物里")])
            let old: RegistryRecord = try await people.officer.get("/v1/talents/p")
            let mend = try await lodge(.correct, people)
            _ = try await step(mend.number, "take", people)
            for order in [SubjectStepOrder(remark: "mended"), SubjectStepOrder(recording: old.version)] {
                #expect(await people.code { try await step(mend.number, "done", people, order) } == "BODY_INVALID")
            }
            struct Patch: Encodable {
                let from = "2020-01-01"
                let isCorrection = true
                let reason = "request of the person"
                let attributes: Attributes
            }
            let reply: HTTPReply<RegistryRecord> = try await people.officer.reply(get: "/v1/talents/p")
            let mended: HTTPReply<RegistryRecord> = try await people.officer.matching(try #require(reply["ETag"]))
                .patch("/v1/talents/p", body: Patch(attributes: ["major": .text("物理")]))
            let done = try await step(mend.number, "done", people, SubjectStepOrder(recording: mended.body.version))
            #expect(done.steps.last?.recording == mended.body.version)

            let erase = try await lodge(.erase, people)
            _ = try await step(erase.number, "take", people)
            #expect(await people.code { try await step(erase.number, "done", people) } == "SUBJECT_REQUEST_STATE")
            let approval = try await people.approvedErasure(of: "p")
            _ = try await people.officer.post(
                "/v1/records/p/erasure",
                body: ApprovedOrder(approval: approval.number),
                as: Tombstone.self
            )
            _ = try await people.waitForFiles(of: "p")
            #expect(try await step(erase.number, "done", people).state == .done)
            #expect(try await people.faults(of: "subject_request") == 0)
        }
    }

    private static func end(_ number: Int64, _ verb: String, _ client: PlatformClient) async -> String? {
        await TwoPeople.code {
            try await client.post(
                "/v1/subject-requests/\(number)/\(verb)",
                body: SubjectStepOrder(remark: "so be it"),
                as: SubjectRequest.self
            )
        }
    }

    @Test("what is overdue is found; of two answers one is heard; other districts are as if not there")
    func turns() async throws {
        try await withTwoPeople { people in
            try await people.talent("p")
            try await people.talent("foreign", in: TwoPeople.foreign)
            let fresh = try await lodge(.explain, people)
            let old = CivilDate(daysSince1970: fresh.receivedOn.daysSince1970 - 16)
            let late = try await lodge(.restrict, received: old, people)
            #expect(late.isOverdue && !fresh.isOverdue)
            let overdue: Page<SubjectRequest> = try await people.officer.get(
                "/v1/subject-requests",
                query: ["overdue": "true"]
            )
            #expect(overdue.items.map(\.number) == [late.number])
            _ = try await step(late.number, "take", people)
            let (number, officer) = (late.number, people.officer)
            async let first = Self.end(number, "done", officer)
            async let second = Self.end(number, "refuse", officer)
            #expect(Set(await [first, second]) == [nil, "SUBJECT_REQUEST_STATE"])
            let rest: Page<SubjectRequest> = try await people.officer.get(
                "/v1/subject-requests",
                query: ["overdue": "true"]
            )
            #expect(rest.items.isEmpty)

            #expect(await people.code { try await lodge(.copy, of: "foreign", people) } == "NOT_FOUND")
            let tomorrow = CivilDate(daysSince1970: fresh.receivedOn.daysSince1970 + 1)
            #expect(await people.code { try await lodge(.copy, received: tomorrow, people) } == "BODY_INVALID")
            let foreign: SubjectRequest = try await people.platform.client.post(
                "/v1/subject-requests",
                body: SubjectOrder(subject: "foreign", kind: .copy, channel: .online)
            )
            let path = "/v1/subject-requests/\(foreign.number)"
            #expect(await people.code { try await people.officer.bytes(path) } == "NOT_FOUND")
            #expect(await people.code { try await step(foreign.number, "take", people) } == "NOT_FOUND")
        }
    }

    @Test("the command line takes a request from the counter to its answer")
    func commands() async throws {
        try await withTwoPeople { people in
            try await people.talent("p")
            func run(_ line: String) async throws -> Program.Outcome {
                try await Program.ceyuan(line.split(separator: " ").map(String.init), on: people.platform)
            }
            let added = try await run("subject-request add p --kind copy --channel paper --format csv")
            let number = try #require(added.output.split(separator: "\r\n").last?.prefix { $0 != "," })
            #expect(try await run("subject-request take \(number) --remark passport").status == 0)
            #expect(try await run("subject-request copy \(number)").output.contains("林知远"))
            #expect(try await run("subject-request done \(number)").status == 0)
            #expect(try await run("subject-request list --state done --format csv").output.contains("copy"))
            #expect(try await run("subject-request refuse \(number) --remark no").status == 1)
        }
    }
}
