import DomainModel
import Foundation
import PlatformClient
import ServiceKit
import Testing

/// Rules over records that were made through the live service, as its database role.
@Suite("Running rules over the register", .timeLimit(.minutes(5)))
struct RuleRoutesTests {
    private struct Order: Encodable {
        var key: String
        var attributes: Attributes
    }

    private struct Saying: Encodable {
        var type: String
        var object: String?
        var term: String?
        var from: String
        var until: String?
        var attributes: Attributes?
    }

    private struct Events: Decodable, Sendable {
        struct Event: Decodable, Sendable {
            let subject: String
            let type: String
        }
        let items: [Event]
    }

    /// A firm that lost half of its people in the last year, and a person with an honour.
    private func populate(_ client: PlatformClient) async throws {
        let firm: Attributes = [
            "name_zh": .text("策源公司"), "region": .text("330110"), "legal_form": .text("joint_stock"),
        ]
        _ = try await client.post("/v1/enterprises", body: Order(key: "e1", attributes: firm), as: RegistryRecord.self)
        for (year, staff) in [(2_023, Int64(100)), (2_024, 50)] {
            _ = try await client.post(
                "/v1/records/e1/statements",
                body: Saying(
                    type: "figures",
                    from: "\(year)-01-01",
                    until: "\(year + 1)-01-01",
                    attributes: ["employees": .integer(staff)]
                ),
                as: RegistryStatement.self
            )
        }
        let award: Attributes = ["name_zh": .text("国家奖"), "tier": .text("top")]
        _ = try await client.post("/v1/awards", body: Order(key: "w1", attributes: award), as: RegistryRecord.self)
        let person: Attributes = ["name_zh": .text("林"), "region": .text("330110")]
        _ = try await client.post("/v1/talents", body: Order(key: "t1", attributes: person), as: RegistryRecord.self)
        let honour = Saying(type: "award_won", object: "w1", from: "2020-01-01")
        _ = try await client.post("/v1/records/t1/statements", body: honour, as: RegistryStatement.self)
    }

    @Test("what rules conclude stands with its grounds, is compared with a re-run, and new warnings are told once")
    func life() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            try await populate(client)
            func run(_ order: RuleRunOrder) async throws -> RuleRun {
                try await client.post("/v1/rule-runs", body: order, as: RuleRun.self)
            }
            let first = try await run(RuleRunOrder())
            #expect(first.purpose == .standing && first.records == 2)
            let page: Page<DerivedFact> = try await client.get("/v1/derived-facts", query: ["region": "CN"])
            #expect(
                page.items.map { "\($0.record) \($0.sort.rawValue) \($0.term)" } == [
                    "e1 stage market.joint_stock", "t1 tier top", "e1 warning employment",
                ]
            )
            #expect(page.items.last?.grounds.allSatisfy { $0.statement != nil } == true)
            let derived: DerivedFacts = try await client.get("/v1/records/t1/derived-facts")
            #expect(derived.facts == page.items.filter { $0.record == "t1" })
            let before: DerivedFacts = try await client.get(
                "/v1/records/t1/derived-facts",
                query: ["validAt": "2019-06-30"]
            )
            #expect(before.facts.isEmpty)

            let trial = try await run(RuleRunOrder(day: first.day, asOf: first.asOf))
            #expect(trial.purpose == .trial && trial.digest == first.digest)
            let again = try await run(RuleRunOrder())
            #expect(again.digest == first.digest)
            let events: Events = try await client.get("/v1/events", query: ["type": "ceyuan.record.warned"])
            #expect(events.items.map(\.subject) == ["/v1/records/e1"])

            _ = try await client.post(
                "/v1/records/e1/statements",
                body: Saying(type: "move", term: "out", from: "2099-01-01"),
                as: RegistryStatement.self
            )
            let later = try await Program.ceyuan(["rule", "run", "--record", "e1", "--format", "json"], on: platform)
            #expect(later.status == 0, "\(later.error)")
            let last = try JSONDecoder().decode(RuleRun.self, from: Data(later.output.utf8))
            let changes: Page<RuleChange> = try await client.get("/v1/rule-runs/\(last.id)/changes")
            #expect(changes.items.map(\.change) == [.gained])
            #expect(changes.items.first?.after?.term == "relocation")
            let warnings: Page<ListedFact> = try await client.get("/v1/derived-facts", query: ["sort": "warning"])
            #expect(warnings.items.map(\.term) == ["employment", "relocation"])
            #expect(warnings.items.allSatisfy { $0.name?.isEmpty == false })
        }
    }

    @Test("the schedule of the night is there by itself, and its job makes a run that stands")
    func schedule() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            try await populate(client)
            let job: JobRecord = try await client.post("/v1/schedules/registry.rules/run")
            #expect(job.kind == "registry.derive")
            let told: Events = try await client.get("/v1/events", query: ["type": "ceyuan.rules.run", "wait": "60"])
            #expect(told.items.map(\.subject) == ["/v1/rule-runs/1"])
            let run: RuleRun = try await client.get("/v1/rule-runs/1")
            #expect(run.startedBy == "service:registry" && run.purpose == .standing && run.facts == 3)
        }
    }

    @Test("the commands list, run and compare; a rule that is not there is told with the nearest")
    func commands() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            try await populate(try platform.client)
            func done(_ text: String) async throws -> String {
                let outcome = try await Program.ceyuan(text.split(separator: " ").map(String.init), on: platform)
                #expect(outcome.status == 0, "\(text): \(outcome.error)")
                return outcome.output
            }
            #expect(try await done("rule list --format csv").contains("ladder"))
            _ = try await done("rule run")
            #expect(try await done("warning list --format csv").contains("e1,策源公司,warning,employment"))
            #expect(
                try await done("derived-fact list --sort tier --region CN --format csv").contains("t1,林,tier,top")
            )
            let later = try await done("rule run --day 2024-06-30 --no-wait --format json")
            let operation = try JSONDecoder().decode(OperationRecord.self, from: Data(later.utf8))
            let watched = try await done("operation watch \(operation.id) --format json")
            let ended = try JSONDecoder().decode(OperationRecord.self, from: Data(watched.utf8))
            let trial = try #require(ended.result?.split(separator: "/").last)
            let compared = try await done("rule compare \(trial) --format csv")
            #expect(compared.contains("lost,e1,warning,employment"), "\(compared)")
            let summary = try await done("rule compare \(trial) --summary --format csv")
            #expect(summary.contains("warning,employment,0,1,0,0"), "\(summary)")
            #expect(try await done("rule runs --format csv").contains("trial"))
            #expect(try await done("enterprise show e1 --language en").contains("By rule"))
            let wrong = try await Program.ceyuan(["rule", "run", "--rule", "laddr"], on: platform)
            #expect(wrong.status != 0 && wrong.error.contains("ladder"))
        }
    }
}
