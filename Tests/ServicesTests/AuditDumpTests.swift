import AuditTrail
import DomainModel
import Foundation
import PlatformClient
import PostgresClient
import ServiceKit
import TestSupport
import Testing

@Suite("The audit trail without its services", .timeLimit(.minutes(5)))
struct AuditDumpTests {
    private struct Verification: Decodable {
        let trail: TrailReport
    }

    /// Runs a program of PostgreSQL, in a zone that is not the server's.
    private static func run(_ program: String, _ arguments: [String]) async throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/lib/postgresql/15/bin/\(program)")
        process.arguments = arguments
        process.environment = ["PGTZ": "Asia/Kolkata"]
        try await Program.end(of: process)
        #expect(process.terminationStatus == 0, "\(program)")
    }

    private static func verify(_ file: String, _ platform: LivePlatform) async throws -> (Int32, TrailReport) {
        let key = platform.auditKey.publicKey.description
        let run = try await Program.ceyuan(
            ["audit", "verify", "--file", file, "--public-key", key, "--format", "json"],
            in: platform.home
        )
        return (run.status, try JSONDecoder().decode(Verification.self, from: Data(run.output.utf8)).trail)
    }

    @Test("a dump of the whole database proves the trail without a server; a changed one names the place")
    func dump() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            #expect(try await Program.ceyuan(["audit", "sign"], on: platform).status == 0)
            let path = platform.home.appending(path: "dump.sql").path
            try await Self.run("pg_dump", ["--dbname", platform.database.connectionString, "--file", path])
            let (status, report) = try await Self.verify(path, platform)
            #expect(status == 0)
            #expect(report.isIntact, "\(report.faults)")
            #expect(report.events > 500)
            #expect(report.checkpoints == 1)
            #expect(report.unsigned == 0)

            let text = try String(contentsOfFile: path, encoding: .utf8)
            let event = try #require(text.split(separator: "\n").first { $0.contains("\tregion.create\t") })
            let fields = event.split(separator: "\t")
            let changed = try platform.write(
                "changed.sql",
                text.replacing(event, with: event.replacing("region.create", with: "region.change"))
            )
            let (changedStatus, found) = try await Self.verify(changed, platform)
            #expect(changedStatus == 1)
            #expect(found.faults.map(\.kind) == [.brokenLink])
            #expect(found.faults.first?.chain == Int(fields[0]))
            #expect(found.faults.first?.sequence == Int64(fields[1]))
            let removed = try platform.write("removed.sql", text.replacing("\(event)\n", with: ""))
            let (removedStatus, gap) = try await Self.verify(removed, platform)
            #expect(removedStatus == 1)
            #expect(gap.faults.first?.chain == Int(fields[0]))

            let archive = platform.home.appending(path: "dump.pgdump").path
            try await Self.run(
                "pg_dump",
                ["--dbname", platform.database.connectionString, "--format=custom", "--file", archive]
            )
            let refused = try await Program.ceyuan(["audit", "verify", "--file", archive], in: platform.home)
            #expect(refused.status == 1)
            #expect(refused.error.contains("pg_restore"))
            let plain = platform.home.appending(path: "plain.sql").path
            try await Self.run("pg_restore", ["--schema=audit", "--file", plain, archive])
            #expect(try await Self.verify(plain, platform).1 == report)
        }
    }

    @Test("the trail is signed every day by itself; a pause is told of")
    func schedule() async throws {
        try await LivePlatform.run { platform in
            let schedule: Schedule = try await platform.client.get("/v1/schedules/audit.checkpoint")
            #expect(schedule.timeZone == "Asia/Shanghai")
            #expect(!schedule.isPaused)
            let status = try await Program.ceyuan(["audit", "status"], on: platform)
            #expect(status.status == 0, "\(status.error)")
            #expect(try await Program.ceyuan(["schedule", "pause", "audit.checkpoint"], on: platform).status == 0)
            let paused = try await Program.ceyuan(["audit", "status"], on: platform)
            #expect(paused.status == 1)
            #expect(paused.error.contains("schedule resume audit.checkpoint"))
            // A start leaves what was changed as it is.
            platform.kill()
            try await platform.start()
            let after: Schedule = try await platform.client.get("/v1/schedules/audit.checkpoint")
            #expect(after.isPaused)
            let old = platform.pool
            try await old.execute("DELETE FROM jobs.schedule")
            let none: AuditStatus = try await platform.client.get("/v1/audit/status")
            #expect(none.warnings == [.unscheduled])
            #expect(none.key == platform.auditKey.publicKey.fingerprint)
        }
    }

    @Test("records older than the trail are taken as they are, and watched from then on")
    func baseline() async throws {
        try await LivePlatform.run { platform in
            let insert: PostgresQuery = """
                INSERT INTO registry.region (code, name_zh, name_en, level, roles, focus_industries, source_file,
                    source_locator, batch_id, line)
                SELECT 'old.' || n, 'n', 'n', 'x', '', '', '', '', 1, 1 FROM generate_series(1, 700) AS n
                """
            try await platform.pool.execute(insert)
            func verify() async throws -> Int32 {
                try await Program.ceyuan(["audit", "verify", "--records"], on: platform).status
            }
            #expect(try await verify() == 1)
            #expect(try await Program.ceyuan(["audit", "baseline", "--reason", " "], on: platform).status != 0)
            let taken = try await Program.ceyuan(
                ["audit", "baseline", "--reason", "from the old register", "--format", "csv"],
                on: platform
            )
            #expect(taken.status == 0, "\(taken.error)")
            #expect(taken.output.contains("region,700"))
            #expect(try await verify() == 0)
            let again = try await Program.ceyuan(["audit", "baseline", "--reason", "again"], on: platform)
            #expect(!again.output.contains("region"))
            try await platform.pool.execute("UPDATE registry.region SET name_zh = 'm' WHERE code = 'old.7'")
            #expect(try await verify() == 1)
            let events = try await Program.ceyuan(
                ["audit", "list", "--subject", "region/old.7"],
                on: platform
            )
            #expect(events.output.contains("region.baseline"))
        }
    }
}
