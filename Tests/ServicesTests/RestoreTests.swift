import AuditTrail
import DomainModel
import Foundation
import LocalPostgres
import PersonalData
import PlatformClient
import ServiceKit
import TestSupport
import Testing

@Suite("A backup, restored into another server", .timeLimit(.minutes(5)))
struct RestoreTests {
    /// A server without anything of the platform, and the programs that an operator uses on it.
    private struct NewServer {
        let endpoint: Endpoint
        let home: URL

        func postgres(_ program: String, _ arguments: [String]) async throws -> Program.Outcome {
            let url = URL(filePath: "/usr/lib/postgresql/15/bin/\(program)")
            return try await Program.run(url, arguments, [:], in: home)
        }

        func migrate(_ command: String) async throws -> Program.Outcome {
            let database = endpoint.connectionString
            return try await Program.ceyuan(["migrate", command, "--database", database], in: home)
        }

        /// The schema as a dump has it, with privileges, policies and triggers, but for the random word of `\restrict`.
        func schema(of database: String) async throws -> [Substring] {
            let dump = try await postgres("pg_dump", ["--schema-only", "--dbname", database])
            #expect(dump.status == 0, "\(dump.error)")
            return dump.output.split(separator: "\n").filter { !$0.contains("restrict ") }
        }
    }

    @Test("without the roles it is refused and told how to mend; with them all is as it was, and goes on")
    func restore() async throws {
        try await LivePlatform.run(starts: false) { platform in
            let keys = try platform.write("personal.keys", MasterKeys.newText(naming: "a"))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: keys)
            let settings = ["CEYUAN_REGISTRY_KEYS_FILE": keys]
            try await platform.start(settings)
            for kind in ReferenceData.kinds {
                _ = try await platform.importRecords(kind.plural, ReferenceData.file(kind.file))
            }
            let file = try platform.write("a.csv", "key,name_zh,region,telephone\nT-1,林知远,330110,12100005678\n")
            let batch = try await platform.importFile("talents", file)
            try await platform.waitForSettling()
            try await platform.waitForSeals()
            platform.kill()

            let cluster = LocalCluster(
                .init(
                    directory: "/tmp/ceyuan-restore-\(getpid())-\(UInt32.random(in: 0...(.max)))",
                    port: .socketOnly,
                    durable: false,
                    lifetime: .tied(removingFiles: true)
                )
            )
            let server = NewServer(endpoint: try await cluster.up(), home: platform.home)
            let dump = platform.home.appending(path: "ceyuan.dump").path
            let source = platform.database.connectionString
            #expect(try await server.postgres("pg_dump", ["-Fc", "-f", dump, "--dbname", source]).status == 0)
            let target = ["--dbname", server.endpoint.connectionString]

            #expect(try await server.postgres("pg_restore", target + [dump]).status == 1)
            for command in ["status", "up"] {
                let refused = try await server.migrate(command)
                #expect(refused.status == 6 && refused.error.contains("MIGRATION_PRIVILEGES_LOST"), "\(refused.error)")
                #expect(refused.error.contains("ceyuan migrate roles"))
            }
            let data = platform.home.appending(path: "restored-data").path
            let elsewhere = settings.merging([
                "CEYUAN_DATABASE_URL": server.endpoint.connectionString(user: "ceyuan_service"),
                "CEYUAN_DIRECTORIES_DATA": data,
            ]) { $1 }
            let ended = await #expect(throws: HostProcess.Ended.self) { try await platform.start(elsewhere) }
            #expect(ended?.log.contains("role \"ceyuan_service\" does not exist") == true, "\(ended?.log ?? "")")
            // It would be wrong to call that up to date, also when the roles come afterwards.
            #expect(try await server.migrate("roles").output.contains("ceyuan_service"))
            #expect(try await server.migrate("up").error.contains("MIGRATION_PRIVILEGES_LOST"))

            let maintenance = ["--maintenance-db", server.endpoint.connectionString(database: "postgres")]
            for program in ["dropdb", "createdb"] {
                let outcome = try await server.postgres(program, maintenance + [server.endpoint.database])
                #expect(outcome.status == 0, "\(outcome.error)")
            }
            #expect(try await server.migrate("roles").error.contains("All roles are there"))
            let restored = try await server.postgres("pg_restore", ["--exit-on-error"] + target + [dump])
            #expect(restored.status == 0, "\(restored.error)")
            let up = try await server.migrate("up")
            #expect(up.status == 0 && up.error.contains("up to date"), "\(up.output)\(up.error)")
            let there = try await server.schema(of: server.endpoint.connectionString)
            #expect(there.contains { $0.hasPrefix("GRANT") })
            #expect(there.difference(from: try await server.schema(of: source)).isEmpty)

            try FileManager.default.removeItem(atPath: data)
            try FileManager.default.moveItem(atPath: platform.home.appending(path: "data").path, toPath: data)
            try await platform.start(elsewhere)
            #expect(try await platform.client.bytes("/v1/batches/\(batch.id)/file").body.count == Int(batch.bytes))
            let talent: RegistryRecord = try await platform.client.get("/v1/talents/T-1", query: ["purpose": "visa"])
            #expect(talent.attributes["telephone"] == .list([.text("12100005678")]))
            let written = try await Program.ceyuan(
                ["talent", "set", "T-1", "major=化学", "--from", "2022-01-01"],
                on: platform
            )
            #expect(written.status == 0, "\(written.error)")
            let trail = try await Program.ceyuan(
                ["audit", "verify", "--records", "--public-key", platform.auditKey.publicKey.description],
                on: platform
            )
            #expect(trail.status == 0, "\(trail.output)\(trail.error)")
            try await cluster.destroy()
        }
    }
}
