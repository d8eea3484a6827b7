import DomainModel
import Foundation
import PlatformClient
import PostgresClient
import ServiceKit
import Testing

extension PastReadTests {
    @Test("the ledger, what persons asked for, and approvals are as they were")
    func persons() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let people = try await TwoPeople(platform)
            let officer = people.officer
            try await people.talent("p")
            let start = try await Self.now(platform)
            let order = ConsentOrder(
                purpose: "visa",
                basis: .consent,
                givenAt: Instant("2026-01-05T00:00:00Z"),
                channel: .paper
            )
            let line: Consent = try await officer.post("/v1/records/p/consents", body: order)
            let lodged: SubjectRequest = try await officer.post(
                "/v1/subject-requests",
                body: SubjectOrder(subject: "p", kind: .copy, channel: .paper)
            )
            let asked: Approval = try await officer.post(
                "/v1/records/p/erasure/request",
                body: ErasureOrder(reason: "request 7")
            )
            let middle = try await Self.now(platform)
            let end = ConsentEnd(at: Instant("2026-02-01T00:00:00Z"), channel: .spoken)
            _ = try await officer.post("/v1/consents/\(line.number)/withdraw", body: end, as: Consent.self)
            _ = try await officer.post(
                "/v1/subject-requests/\(lodged.number)/take",
                body: SubjectStepOrder(remark: "passport seen"),
                as: SubjectRequest.self
            )
            _ = try await people.approve(asked)

            func consents(_ query: Query) async throws -> [Bool] {
                let page: Page<Consent> = try await officer.get("/v1/records/p/consents", query: query)
                return page.items.map { $0.withdrawal == nil }
            }
            let then = middle.description
            #expect(try await consents([:]) == [false])
            #expect(try await consents(["asOf": then]) == [true])
            #expect(try await consents(["asOf": start.description]) == [])
            // It was given at eight in the morning of 5 January in China, and taken back at eight on 1 February.
            #expect(try await consents(["validAt": "2026-01-04"]) == [])
            #expect(try await consents(["validAt": "2026-01-05"]) == [false])
            #expect(try await consents(["validAt": "2026-02-01"]) == [false])
            #expect(try await consents(["validAt": "2026-02-02"]) == [])
            #expect(try await consents(["validAt": "2026-02-02", "asOf": then]) == [true])
            let one = "/v1/consents/\(line.number)"
            #expect(
                await people.code { try await officer.bytes(one, query: ["asOf": start.description]) } == "NOT_FOUND"
            )
            #expect(await people.code { try await officer.bytes(one, query: ["validAt": "2026-02-02"]) } == "NOT_FOUND")
            let believed: Consent = try await officer.get(one, query: ["validAt": "2026-02-02", "asOf": then])
            #expect(believed == line)
            var question: Query = ["purpose": "visa", "at": "2026-03-01T00:00:00Z"]
            let answer: ConsentAnswer = try await officer.get("/v1/records/p/consents/answer", query: question)
            question.set("asOf", then)
            let past: ConsentAnswer = try await officer.get("/v1/records/p/consents/answer", query: question)
            #expect(!answer.isCovered && past.isCovered)

            func states(_ query: Query) async throws -> [SubjectRequest.State] {
                let page: Page<SubjectRequest> = try await officer.get("/v1/subject-requests", query: query)
                return page.items.map(\.state)
            }
            #expect(try await states([:]) == [.inWork])
            #expect(try await states(["asOf": then]) == [.received])
            #expect(try await states(["asOf": then, "state": "in_work"]) == [])
            #expect(try await states(["asOf": start.description]) == [])
            #expect(try await states(["validAt": "2026-01-01"]) == [])
            #expect(try await states(["validAt": "2099-01-01", "overdue": "true"]) == [.inWork])
            let step: SubjectRequest = try await officer.get(
                "/v1/subject-requests/\(lodged.number)",
                query: ["asOf": then]
            )
            #expect(step == lodged)

            func approvals(_ query: Query) async throws -> [Approval.State] {
                let page: Page<Approval> = try await officer.get("/v1/approvals", query: query)
                return page.items.map(\.state)
            }
            #expect(try await approvals([:]) == [.approved])
            #expect(try await approvals(["asOf": then]) == [.waiting])
            #expect(try await approvals(["asOf": then, "state": "approved"]) == [])
            #expect(try await approvals(["asOf": start.description]) == [])
            #expect(try await approvals(["asOf": "2199-01-01T00:00:00Z"]) == [.expired])
            let waiting: Approval = try await officer.get("/v1/approvals/\(asked.number)", query: ["asOf": then])
            #expect(waiting == asked)
        }
    }
}
