import DomainModel
import Foundation
import PlatformClient
import PostgresClient
import ServiceKit
import Testing

/// What two people must want, through the live service and its real database role.
@Suite("Approvals and exports of personal data", .timeLimit(.minutes(5)))
struct ApprovalRoutesTests {
    private func withTwoPeople(_ body: (TwoPeople) async throws -> Void) async throws {
        try await LivePlatform.runWithReferenceData { try await body(TwoPeople($0)) }
    }

    private func export(_ records: [String], _ format: ExportTerms.Format? = nil) -> ExportOrder {
        ExportOrder(
            records: records,
            fields: ["name_zh", "birth_date"],
            purpose: "talent_service",
            reason: "housing of talents, 2026",
            recipient: "Housing office",
            format: format
        )
    }

    @Test("personal data leave the register when a second person has approved; each reading is recorded")
    func exported() async throws {
        try await withTwoPeople { people in
            try await people.talent("p", ["birth_date": .text("1980-05-17")])
            try await people.talent("q", ["name_zh": .text("=1+1")])
            let consent = ConsentOrder(purpose: "talent_service", basis: .consent, channel: .paper)
            _ = try await people.officer.post("/v1/records/p/consents", body: consent, as: Consent.self)
            let asked: Approval = try await people.officer.post("/v1/personal-exports", body: export(["q", "p"]))
            #expect(asked.state == .waiting && asked.records == ["q", "p"] && asked.requestedBy == "user:officer")
            #expect(asked.export?.uncovered == 1)
            let path = "/v1/personal-exports/\(asked.number)"
            #expect(await people.code { try await people.officer.bytes(path) } == "APPROVAL_STATE")
            let approved = try await people.approve(asked)
            #expect(approved.state == .approved && approved.decision?.by == "user:privacy")
            // The administrator may do everything, and yet not this.
            #expect(await people.code { try await people.platform.client.bytes(path) } == "APPROVAL_OF_OTHERS")
            let reply = try await people.officer.bytes(path)
            #expect(
                String(decoding: reply.body, as: UTF8.self)
                    == "key,name_zh,birth_date\r\nq,'=1+1,\r\np,林知远,1980-05-17\r\n"
            )
            #expect(reply["Cache-Control"] == "no-store")
            _ = try await people.officer.bytes(path)
            let readings = try await people.platform.pool.query(
                """
                SELECT subject_key, details->>'recipient', reason FROM audit.event
                WHERE action = 'record.read' AND principal = 'user:officer' ORDER BY occasion, sequence
                """
            ).map { try $0.decode((String, String, String).self) }
            #expect(readings.map(\.0) == ["q", "p", "q", "p"])
            #expect(Set(readings.map(\.1)) == ["Housing office"])
            #expect(Set(readings.map(\.2)) == ["housing of talents, 2026"])
            #expect(try await people.faults(of: "approval") == 0)
            try await people.expire(asked.number)
            #expect(await people.code { try await people.officer.bytes(path) } == "APPROVAL_STATE")
            let lines: Approval = try await people.officer.post("/v1/personal-exports", body: export(["p"], .ndjson))
            _ = try await people.approve(lines)
            let line = try await people.officer.bytes("/v1/personal-exports/\(lines.number)")
            #expect(
                String(decoding: line.body, as: UTF8.self)
                    == #"{"attributes":{"birth_date":"1980-05-17","name_zh":"林知远"},"key":"p"}"# + "\n"
            )
        }
    }

    @Test("nobody approves what they have asked for, not even behind the services")
    func secondPerson() async throws {
        try await withTwoPeople { people in
            try await people.talent("p")
            let administrator = try people.platform.client
            let asked: Approval = try await administrator.post("/v1/personal-exports", body: export(["p"]))
            #expect(
                await people.code {
                    try await administrator.post(
                        "/v1/approvals/\(asked.number)/approve",
                        body: ApprovalRemark(),
                        as: Approval.self
                    )
                } == "APPROVAL_OWN"
            )
            for (name, decider) in [("user:test", "user:test"), ("user:test", "user:privacy")] {
                await #expect(throws: PostgresError.self) {
                    try await people.platform.pool.withTransaction { connection in
                        try await connection.query("SELECT set_config('ceyuan.principal', \(name), true)")
                        try await connection.execute(
                            """
                            UPDATE registry.approval SET decided_by = \(decider), decided_at = clock_timestamp(),
                                is_granted = true, usable_until = clock_timestamp() + interval '1 h'
                            """
                        )
                    }
                }
            }
            let seen: Approval = try await people.privacy.get("/v1/approvals/\(asked.number)")
            #expect(seen.state == .waiting)
        }
    }

    private static func decide(_ client: PlatformClient, _ verb: String, _ number: Int64) async -> String? {
        await TwoPeople.code {
            try await client.post(
                "/v1/approvals/\(number)/\(verb)",
                body: ApprovalRemark(remark: "so be it"),
                as: Approval.self
            )
        }
    }

    @Test("of two who decide at once one is heard; who has asked may withdraw; time runs out")
    func turns() async throws {
        try await withTwoPeople { people in
            try await people.talent("p")
            let administrator = try people.platform.client
            func ask() async throws -> Approval {
                try await people.officer.post("/v1/personal-exports", body: export(["p"]))
            }
            let privacy = people.privacy
            for _ in 0..<4 {
                let number = try await ask().number
                async let first = Self.decide(privacy, "approve", number)
                async let second = Self.decide(administrator, "refuse", number)
                let (approved, refused) = await (first, second)
                #expect(Set([approved, refused]) == [nil, "APPROVAL_STATE"])
                let seen: Approval = try await people.officer.get("/v1/approvals/\(number)")
                #expect(seen.state == (approved == nil ? .approved : .refused))
            }
            let unsaid = try await ask().number
            let mute = await people.code {
                try await people.privacy.post(
                    "/v1/approvals/\(unsaid)/refuse",
                    body: ApprovalRemark(),
                    as: Approval.self
                )
            }
            #expect(mute == "BODY_INVALID")
            let withdraw = "/v1/approvals/\(unsaid)/withdraw"
            #expect(
                await people.code { try await administrator.post(withdraw, as: Approval.self) } == "APPROVAL_OF_OTHERS"
            )
            #expect(try await people.officer.post(withdraw, as: Approval.self).state == .withdrawn)
            #expect(await Self.decide(privacy, "approve", unsaid) == "APPROVAL_STATE")

            let late = try await ask().number
            try await people.expire(late)
            #expect(await Self.decide(privacy, "approve", late) == "APPROVAL_STATE")
            let expired: Page<Approval> = try await people.privacy.get("/v1/approvals", query: ["state": "expired"])
            #expect(expired.items.map(\.number) == [late])
        }
    }

    @Test("approvals of another district are as if they were not, and wrong orders are refused")
    func refusals() async throws {
        try await withTwoPeople { people in
            try await people.talent("own")
            try await people.talent("foreign", in: TwoPeople.foreign)
            let administrator = try people.platform.client
            let both: Approval = try await administrator.post("/v1/personal-exports", body: export(["own", "foreign"]))
            #expect(await people.code { try await people.privacy.bytes("/v1/approvals/\(both.number)") } == "NOT_FOUND")
            let approve = "/v1/approvals/\(both.number)/approve"
            #expect(
                await people.code { try await people.privacy.post(approve, body: ApprovalRemark(), as: Approval.self) }
                    == "NOT_FOUND"
            )
            #expect(try await people.privacy.get("/v1/approvals", as: Page<Approval>.self).items.isEmpty)
            #expect(
                await people.code {
                    try await people.officer.post("/v1/personal-exports", body: export(["foreign"]), as: Approval.self)
                } == "NOT_FOUND"
            )
            for wrong in [
                export([]), export(["own", "own"]), export(["own\0"]),
                ExportOrder(records: ["own"], fields: ["nam"], purpose: "x", reason: "x", recipient: "x"),
                ExportOrder(records: ["own"], purpose: "X y", reason: "x", recipient: "x"),
                ExportOrder(records: ["own"], purpose: "x", reason: " ", recipient: "x"),
            ] {
                #expect(
                    await people.code {
                        try await people.officer.post("/v1/personal-exports", body: wrong, as: Approval.self)
                    } == "BODY_INVALID",
                    "\(wrong)"
                )
            }
        }
    }
}
