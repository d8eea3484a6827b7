import Administration
import AuditTrail
import DomainModel
import Foundation
import Ingest
import PlatformClient
import PostgresClient
import Registry
import Reports
import ServiceKit
import Storage
import Testing

@Suite("Services apart, each as its own database role", .timeLimit(.minutes(5)))
struct SeparateHostsTests {
    private struct Ready: Decodable {
        let ready: Bool
    }

    @Test("a role may touch the schemas that its host declares, and no others")
    func declared() {
        let shared: Set = ["audit", "identity", "jobs", "outbox", "platform", "requests"]
        let hosts: [(ServiceRole, [any PlatformPlugin])] = [
            (.administration, [AdministrationPlugin()]), (.ingest, [IngestPlugin()]), (.reports, [ReportsPlugin()]),
        ]
        for (role, plugins) in hosts {
            let declared = Set(plugins.flatMap(\.migrations).map(\.schema))
            #expect(Set(role.schemas.keys) == declared.union(shared), "\(role.name)")
        }
        let registry = Set(ServiceRole.registry.schemas.keys)
        // Parts of the registry count their versions apart: registry_subjects stands in the schema registry.
        let declared = RegistryPlugin().migrations.map { String($0.schema.prefix { $0 != "_" }) }
        #expect(registry == Set(declared).union(shared))
    }

    @Test("the whole way from reference data to a traced edition, with three hosts")
    func wholeWay() async throws {
        try await LivePlatform.run(starts: false) { platform in
            let registry = try await platform.startHost("ceyuan-registry", as: ServiceRole.registry.name)
            let ingest = try await platform.startHost("ceyuan-ingest", as: ServiceRole.ingest.name)
            let reports = try await platform.startHost(
                "ceyuan-report",
                as: ServiceRole.reports.name,
                ["CEYUAN_REPORTS_INGEST_URL": ingest.address]
            )
            let hosts = [registry, ingest, reports]
            do {
                try await walk(platform, registry, ingest, reports)
            } catch {
                for host in hosts { host.kill() }
                throw error
            }
            for host in hosts {
                try await host.stop()
                #expect(!host.log.contains("permission denied"), "\(host.log)")
            }
        }
    }

    private struct Writing: Encodable {
        var type: String?
        var term: String?
        var from: String?
        var until: String?
        var reason: String?
        var attributes: Attributes?
    }

    /// Beliefs are ended by single columns, which are granted apart from tables.
    private func keepRecord(_ platform: LivePlatform) async throws {
        let client = try platform.client
        let person = Writing(from: "2020-01-01", attributes: ["name_zh": .text("林知远"), "region": .text("330110")])
        let made: HTTPReply<RegistryRecord> = try await client.reply(post: "/v1/talents", body: person)
        let path = "/v1/talents/\(made.body.key)"
        let change = Writing(from: "2022-01-01", attributes: ["major": .text("化学")])
        let changed: HTTPReply<RegistryRecord> = try await client.matching(made["ETag"] ?? "").patch(path, body: change)
        #expect(changed.body.attributes["major"] == .text("化学"))
        let tier = Writing(type: "tier", term: "top", from: "2020-01-01")
        let said: RegistryStatement = try await client.post("/v1/records/\(made.body.key)/statements", body: tier)
        let end = Writing(until: "2023-01-01", reason: "ended")
        let ended: RegistryStatement = try await client.post("/v1/statements/\(said.number)/end", body: end)
        #expect(ended.until == CivilDate(iso: "2023-01-01"))
    }

    private func walk(
        _ platform: LivePlatform,
        _ registry: HostProcess,
        _ ingest: HostProcess,
        _ reports: HostProcess
    ) async throws {
        for host in [registry, ingest, reports] {
            platform.address = host.address
            #expect(try await platform.client.get("/readyz", as: Ready.self).ready, "\(host.log)")
        }
        let registered: Set = ["regions", "classifications", "programmes", "platforms"]
        for kind in ReferenceData.kinds {
            platform.address = (registered.contains(kind.plural) ? registry : ingest).address
            let batch = try await platform.importRecords(kind.plural, ReferenceData.file(kind.file))
            #expect(batch.state == .committed, "\(kind.plural)")
        }
        platform.address = registry.address
        try await keepRecord(platform)
        platform.address = ingest.address
        #expect(try await platform.submit(ReferenceData.file("observations.csv")).state == .committed)
        try await platform.waitForSeals()
        platform.address = reports.address
        let edition: Edition = try await platform.client.post(
            "/v1/editions",
            body: EditionRequest(
                template: .endOfPlan,
                plan: "yuhang_original.fyp13",
                period: nil,
                language: .zh,
                asOf: nil
            )
        )
        let content = try await platform.client.bytes("/v1/editions/\(edition.id)/content")
        #expect(!content.body.isEmpty)
        let codes = try await platform.pool.query("SELECT code FROM reports.figure WHERE code LIKE 'F-%' LIMIT 1")
        let code = try #require(codes.first).decode(String.self)
        let trace: LineageTrace = try await platform.client.get("/v1/lineage/\(code)")
        #expect(trace.code == code)
        platform.address = registry.address
        let records: Page<RecordComparison> = try await platform.client.get("/v1/audit/records")
        #expect(records.items.filter { !$0.isIntact }.map(\.kind) == [])
        #expect(try await platform.client.reply(post: "/v1/audit/checkpoints", as: CheckpointRecord.self).status == 201)
        _ = try await platform.client.get("/v1/webhooks", as: Page<WebhookSubscription>.self)
    }
}
