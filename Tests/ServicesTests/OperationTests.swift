import DomainModel
import Foundation
import PlatformClient
import ServiceKit
import Testing

@Suite("Requests that are answered later", .timeLimit(.minutes(5)))
struct OperationTests {
    @Test("an assessment and an edition that are asked for with --no-wait are found at the end of their operations")
    func commands() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            _ = try await platform.submit(ReferenceData.file("observations.csv"))
            let plans: Page<Plan> = try await platform.client.get("/v1/plans", query: ["limit": "1"])
            let plan = try #require(plans.items.first).code
            let asked = try await Program.ceyuan(
                ["assess", "run", "--plan", plan, "--no-wait", "--format", "json"],
                on: platform
            )
            #expect(asked.status == 0, "\(asked.error)")
            let taken = try JSONDecoder().decode(OperationRecord.self, from: Data(asked.output.utf8))
            let watched = try await Program.ceyuan(["operation", "watch", "\(taken.id)"], on: platform)
            #expect(watched.status == 0, "\(watched.error)")
            #expect(watched.output.contains("/v1/assessments/"))
            let record: OperationRecord = try await platform.client.get("/v1/operations/\(taken.id)")
            #expect(record.state == .succeeded && record.status == 201)
            let assessment: Assessment = try await platform.client.get(try #require(record.result))
            #expect(!assessment.findings.isEmpty)
            #expect(record.progressTotal == Int64(assessment.findings.count))

            let report = try await Program.ceyuan(
                ["report", "build", "--plan", plan, "--template", "end-of-plan", "--no-wait", "--format", "json"],
                on: platform
            )
            #expect(report.status == 0, "\(report.error)")
            let order = try JSONDecoder().decode(OperationRecord.self, from: Data(report.output.utf8))
            let edition: OperationRecord = try await platform.client.get(
                "/v1/operations/\(order.id)",
                query: ["wait": "60"]
            )
            #expect(edition.state == .succeeded && edition.result?.hasPrefix("/v1/editions/") == true)
            let listed = try await Program.ceyuan(["operation", "list", "--format", "csv"], on: platform)
            #expect(listed.output.split(whereSeparator: \.isNewline).count == 3)
        }
    }

    @Test("watching an operation that comes to a problem exits as the request would have")
    func missing() async throws {
        try await LivePlatform.run { platform in
            let asked = try await Program.ceyuan(
                ["assess", "run", "--plan", "no.such.plan", "--no-wait", "--format", "json"],
                on: platform
            )
            let taken = try JSONDecoder().decode(OperationRecord.self, from: Data(asked.output.utf8))
            let watched = try await Program.ceyuan(["operation", "watch", "\(taken.id)"], on: platform)
            #expect(watched.status == 3)
            #expect(watched.output.contains("NOT_FOUND"))
            let over = try await Program.ceyuan(["operation", "cancel", "\(taken.id)"], on: platform)
            #expect(over.status == 1)
        }
    }
}
