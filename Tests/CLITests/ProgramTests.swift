import FoundationEssentials
import Subprocess
import SystemPackage
import Testing

@testable import ceyuan

/// The built program, run as a person runs it.
@Suite("the program")
struct ProgramTests {
    private struct Outcome {
        let status: Int32
        let output: String
        let error: String
    }

    /// Runs the program that was built beside the tests.
    private func ceyuan(
        _ arguments: [String],
        environment: [Subprocess.Environment.Key: String] = [:]
    ) async throws -> Outcome {
        let folder = FilePath(CommandLine.arguments[0]).removingLastComponent()
        let result = try await Subprocess.run(
            .path(folder.appending("ceyuan")),
            arguments: Arguments(arguments),
            environment: .inherit.updating(["LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"].merging(environment) { $1 }),
            output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20)
        )
        guard case .exited(let status) = result.terminationStatus else {
            return Outcome(status: -1, output: "", error: "\(result.terminationStatus)")
        }
        return Outcome(status: status, output: result.standardOutput, error: result.standardError)
    }

    @Test("help and version are answers, on standard output")
    func questions() async throws {
        let version = try await ceyuan(["--version"])
        #expect(version.status == 0)
        #expect(version.output == "\(Ceyuan.version)\n")
        let help = try await ceyuan(["help", "region", "list"])
        #expect(help.status == 0)
        #expect(help.output.contains("USAGE: ceyuan region list"))
        for shell in ["bash", "zsh", "fish"] {
            let script = try await ceyuan(["--generate-completion-script", shell])
            #expect(script.status == 0)
            #expect(script.output.contains("observation"))
        }
    }

    @Test(
        "arguments that are not understood exit with 2 and say how to go on",
        arguments: [
            ["regin"], ["region", "list", "--format", "xml"], ["submit", "x.csv"], ["batch", "show", "one"],
            ["observation", "list", "--as-of", "yesterday"], ["region", "list", "--limit", "-1"],
            ["--url", "ftp://x", "region", "list"], ["trace", "O-1234"],
        ]
    )
    func misunderstood(arguments: [String]) async throws {
        let outcome = try await ceyuan(arguments)
        #expect(outcome.status == CommandStatus.usage.rawValue)
        #expect(outcome.output.isEmpty)
        #expect(!outcome.error.isEmpty)
        #expect(outcome.error.split(separator: "\n").count < 12)
    }

    @Test("a database that is not there says in one sentence what failed, and what to look at, in both languages")
    func noDatabase() async throws {
        let arguments = ["migrate", "status", "--database", "postgresql:///records?host=/nowhere"]
        let english = try await ceyuan(arguments)
        #expect(english.status == CommandStatus.local.rawValue)
        #expect(english.error.contains("DATABASE_CONNECTION_FAILED") && english.error.contains("/nowhere"))
        #expect(english.error.contains("pg_hba.conf") && !english.error.contains("␉"))
        let chinese = try await ceyuan(arguments, environment: ["LC_ALL": "zh_CN.UTF-8"])
        #expect(chinese.error.contains("数据库服务器是否在运行") && !chinese.error.contains("␉"))
    }

    @Test("a service that is not there exits with 4 and names its address, in the reader's language")
    func unreachable() async throws {
        let english = try await ceyuan(["region", "list", "--url", "http://127.0.0.1:9"])
        #expect(english.status == CommandStatus.unreachable.rawValue)
        #expect(english.error.contains("http://127.0.0.1:9"))
        #expect(english.error.contains("CLIENT_CONNECTION_REFUSED"))
        let chinese = try await ceyuan(
            ["region", "list"],
            environment: ["LC_ALL": "zh_CN.UTF-8", "CEYUAN_REGISTRY_URL": "http://127.0.0.1:9"]
        )
        #expect(chinese.status == CommandStatus.unreachable.rawValue)
        #expect(chinese.error.contains("错误：无法连接 http://127.0.0.1:9"))
    }

    @Test("what cannot be submitted is said before anything is sent")
    func unsubmittable() async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/ceyuan-cli-\(UInt64.random(in: 0...UInt64.max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data().write(to: URL(filePath: "\(folder)/empty.csv"))
        try Data("x".utf8).write(to: URL(filePath: "\(folder)/book.xlsx"))
        let cases: [(file: String, status: CommandStatus, code: String)] = [
            (folder, .local, "FILE_IS_DIRECTORY"), ("\(folder)/none.csv", .local, "FILE_MISSING"),
            ("\(folder)/empty.csv", .refused, "FILE_EMPTY"), ("\(folder)/book.xlsx", .refused, "FILE_IS_WORKBOOK"),
            ("/dev/null", .local, "FILE_NOT_REGULAR"),
        ]
        for (file, status, code) in cases {
            // Nothing listens there: an attempt to send would be told as unreachable.
            let outcome = try await ceyuan(["submit", file, "--dataset", "d", "--url=http://127.0.0.1:9"])
            #expect(outcome.status == status.rawValue, "\(file)")
            #expect(outcome.error.contains(code), "\(file)")
            #expect(outcome.error.contains(file), "\(file)")
        }
    }

    @Test("the private PostgreSQL that was never made is told, and needs none to be told")
    func absentCluster() async throws {
        let home: [Subprocess.Environment.Key: String] = ["CEYUAN_HOME": "/nonexistent/ceyuan"]
        let status = try await ceyuan(["local", "status", "--format", "json"], environment: home)
        #expect(status.status == CommandStatus.refused.rawValue)
        #expect(status.output.contains("\"state\" : \"absent\""))
        let psql = try await ceyuan(["local", "psql"], environment: home)
        #expect(psql.status == CommandStatus.local.rawValue)
        #expect(psql.error.contains("POSTGRES_NOT_RUNNING"))
    }
}
