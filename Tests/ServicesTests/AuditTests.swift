import AuditTrail
import DomainModel
import Foundation
import PlatformClient
import PostgresClient
import TestSupport
import Testing

@Suite("The audit trail of a running platform", .timeLimit(.minutes(10)))
struct AuditTests {
    /// What `ceyuan audit verify --format json` prints.
    private struct Verification: Decodable {
        let trail: TrailReport
        let records: [RecordComparison]?

        var recordFaults: [String] {
            (records ?? []).flatMap { kind in kind.faults.map { "\(kind.kind)/\($0.key) \($0.kind.rawValue)" } }
        }
    }

    private static func verify(
        _ platform: LivePlatform,
        _ arguments: [String] = []
    ) async throws -> (status: Int32, found: Verification) {
        let run = try await Program.ceyuan(
            ["audit", "verify", "--format", "json"] + arguments,
            on: platform
        )
        let found = try JSONDecoder().decode(Verification.self, from: Data(run.output.utf8))
        return (run.status, found)
    }

    /// Runs a script as `psql` does for a superuser who knows how to switch triggers off.
    private static func tamper(_ platform: LivePlatform, _ script: String) async throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", platform.database.connectionString, "-c",
            "SET session_replication_role = replica", "-c", script,
        ]
        try await Program.end(of: process)
        #expect(process.terminationStatus == 0, "\(script)")
    }

    @Test("every write of the platform has its event, and what a superuser changes in records is found")
    func records() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let batch = try await platform.submit(ReferenceData.file("observations.csv"))
            let question = AssessmentRequest(plan: "yuhang_original.fyp13", period: nil, asOf: nil)
            let assessment: Assessment = try await platform.client.post("/v1/assessments", body: question)
            try await platform.waitForSeals()
            let whole = try await Self.verify(platform, ["--records"])
            #expect(whole.found.trail.isIntact)
            #expect(whole.found.recordFaults == [])
            #expect(whole.status == 0)
            let counts = Dictionary(
                uniqueKeysWithValues: (whole.found.records ?? []).map { ($0.kind, $0.records) }
            )
            #expect(counts["region"] == 125)
            #expect(counts["target"] == 256)
            #expect(counts["batch"] == Int64(ReferenceData.kinds.count) + 1)
            #expect(counts["observations"] == 1)
            #expect(counts["assessment"] == 1)

            try await Self.tamper(
                platform,
                """
                UPDATE registry.region SET name_zh = name_zh || '·' WHERE code = '330110';
                DELETE FROM registry.classification WHERE vocabulary = 'platform_type' AND code = 'town';
                INSERT INTO statistics.plan SELECT 'forged', name_zh, name_en, region_code, 'forged', baseline_year,
                    start_year, end_year, batch_id, line FROM statistics.plan LIMIT 1;
                UPDATE statistics.target SET value = value + 1 WHERE id = (SELECT min(id) FROM statistics.target);
                UPDATE statistics.observation SET value = value + 1 WHERE (series_id, period, revision) = (
                    SELECT series_id, period, revision FROM statistics.observation WHERE value IS NOT NULL LIMIT 1
                );
                UPDATE collection.batch SET submitter = 'nobody' WHERE id = \(batch.id);
                UPDATE reports.finding SET content = jsonb_set(content, '{forged}', 'true')
                WHERE id = (SELECT min(id) FROM reports.finding)
                """
            )
            let forged = try await Self.verify(platform, ["--records"])
            #expect(forged.status == 1)
            #expect(forged.found.trail.isIntact)
            let faults = forged.found.recordFaults
            #expect(faults.contains("region/330110 changed"))
            #expect(faults.contains("classification/platform_type/town missing"))
            #expect(faults.contains("plan/forged unrecorded"))
            #expect(faults.contains { $0.hasPrefix("target/") && $0.hasSuffix(" changed") })
            #expect(faults.contains("observations/\(batch.id) changed"))
            #expect(faults.contains("batch/\(batch.id) changed"))
            #expect(faults.contains("assessment/\(assessment.id) changed"))
            #expect(faults.count == 7)
        }
    }

    @Test("a change by import says what it was before and what it is after, and the records verify")
    func change() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let text = try String(contentsOfFile: ReferenceData.file("regions.csv"), encoding: .utf8)
            let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("330110,") })
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            let changed = text.replacing(
                line,
                with: cells[0] + "," + cells[1] + "改," + cells.dropFirst(2).joined(separator: ",")
            )
            let batch = try await platform.importRecords("regions", try platform.write("regions.csv", changed))
            #expect(batch.receipt?.revised == 1)
            let page: Page<AuditRecord> = try await platform.client.get(
                "/v1/audit/events",
                query: ["kind": "region", "key": "330110"]
            )
            #expect(page.items.map(\.action) == ["region.change", "region.create"])
            let event = try #require(page.items.first)
            #expect(event.before == page.items.last?.after)
            #expect(event.before != event.after)
            #expect(
                event.details["changed"]?["name_zh"]
                    == ["before": .text(String(cells[1])), "after": .text("\(cells[1])改")]
            )
            let verified = try await Self.verify(platform, ["--records"])
            #expect(verified.status == 0, "\(verified.found.recordFaults)")
        }
    }

    @Test("an export verifies without a service; changed, cut and wrongly signed ones do not")
    func offline() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let signed = try await Program.ceyuan(["audit", "sign"], on: platform)
            #expect(signed.status == 0, "\(signed.error)")
            let path = platform.home.appending(path: "trail.ndjson").path
            let export = try await Program.ceyuan(["audit", "export", "-o", path], on: platform)
            #expect(export.status == 0, "\(export.error)")
            let key = platform.auditKey.publicKey.description
            func verify(_ text: String, key: String = key) async throws -> (status: Int32, report: TrailReport) {
                let file = try platform.write("changed.ndjson", text)
                let run = try await Program.ceyuan(
                    ["audit", "verify", "--file", file, "--public-key", key, "--format", "json"],
                    in: platform.home
                )
                return (run.status, try JSONDecoder().decode(Verification.self, from: Data(run.output.utf8)).trail)
            }
            let text = try String(contentsOfFile: path, encoding: .utf8)
            let whole = try await verify(text)
            #expect(whole.status == 0)
            #expect(whole.report.isIntact)
            #expect(whole.report.checkpoints == 1)
            #expect(whole.report.unsigned == 0)
            #expect(whole.report.events > 500)

            let changed = try await verify(text.replacing("region.create", with: "region.change", maxReplacements: 1))
            #expect(changed.status == 1)
            #expect(changed.report.faults.first?.kind == .brokenLink)
            let lines = text.split(separator: "\n").map(String.init)
            let cut = try await verify(lines.dropLast(3).joined(separator: "\n"))
            #expect(cut.status == 1)
            #expect(Set(cut.report.faults.map(\.kind)).isSuperset(of: [.truncated, .unreadable]))
            let stranger = try await verify(text, key: AuditKey().publicKey.description)
            #expect(stranger.status == 1)
            #expect(stranger.report.faults.map(\.kind) == [.forgedSignature])
            let nothing = try await Program.ceyuan(
                ["audit", "verify", "--file", ReferenceData.file("regions.csv")],
                in: platform.home
            )
            #expect(nothing.status == 1)
            #expect(nothing.error.contains("AUDIT_TRAIL_INVALID"))
        }
    }

    @Test("a platform killed in the middle of its writes leaves a whole trail and an event for each record")
    func killed() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            for round in 0..<3 {
                let rows = (0..<400).map { "killed_\(round),k\($0),,名\($0),name \($0),,,test,x" }
                let header = "vocabulary,code,parent_code,name_zh,name_en,rank,definition,source_file,source_locator"
                let file = try platform.write(
                    "killed-\(round).csv",
                    ([header] + rows).joined(separator: "\n") + "\n"
                )
                let client = try platform.client
                async let outcome = client.upload(
                    "/v1/classifications/import",
                    file: file,
                    contentType: "text/csv",
                    mayRepeat: false,
                    as: Batch.self
                )
                // Anywhere between the arrival of the file and its answer.
                try await Task.sleep(for: .milliseconds([5, 30, 80][round]))
                platform.kill()
                _ = try? await outcome
                try await platform.start()
            }
            let verified = try await Self.verify(platform, ["--records"])
            #expect(verified.found.trail.isIntact, "\(verified.found.trail.faults)")
            #expect(verified.found.recordFaults == [])
        }
    }

    @Test("list and show print events; a key is made once, for its owner alone")
    func commands() async throws {
        try await LivePlatform.run { platform in
            _ = try await platform.importRecords("regions", ReferenceData.file("regions.csv"))
            func run(_ arguments: [String]) async throws -> Program.Outcome {
                try await Program.ceyuan(["audit"] + arguments, on: platform)
            }
            let list = try await run(["list", "--subject", "region/330110", "--since", "2020-01-01"])
            #expect(list.status == 0, "\(list.error)")
            #expect(list.output.contains("region.create"))
            #expect(list.output.contains("region/330110"))
            let batches = try await run(["list", "--action", "batch.", "--format", "csv"])
            #expect(batches.output.split(whereSeparator: \.isNewline).count == 2)
            let place = try #require(batches.output.split(whereSeparator: \.isNewline).last?.split(separator: ",")[1])
            let show = try await run(["show", String(place)])
            #expect(show.output.contains("batch.commit"))
            #expect(try await run(["show", "0-999999"]).status == 3)

            let file = platform.home.appending(path: "new.key").path
            let made = try await run(["key", "--output", file])
            #expect(made.status == 0, "\(made.error)")
            #expect(made.output.contains("ceyuan-audit-public-1:"))
            let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            #expect(try await run(["key", "--output", file]).status == 6)
            #expect(try await run(["key", "--file", file]).output == made.output)
        }
    }
}
