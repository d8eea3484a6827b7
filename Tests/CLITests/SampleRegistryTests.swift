import FoundationEssentials
import Subprocess
import SystemPackage
import Testing

/// `ceyuan sample registry` of the built program, run as a person runs it.
@Suite("sample registry")
struct SampleRegistryTests {
    private func sample(_ arguments: [String]) async throws -> (status: Int32?, output: String, error: String) {
        let folder = FilePath(CommandLine.arguments[0]).removingLastComponent()
        let result = try await Subprocess.run(
            .path(folder.appending("ceyuan")),
            arguments: Arguments(["sample", "registry"] + arguments),
            environment: .inherit.updating(["LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"]),
            output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20)
        )
        guard case .exited(let status) = result.terminationStatus else { return (nil, "", "") }
        return (status, result.standardOutput, result.standardError)
    }

    @Test("a file is written for each kind, with as many lines as it says", arguments: ["ndjson", "csv"])
    func files(format: String) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/ceyuan-sample-\(UInt64.random(in: 0...UInt64.max))"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let arguments = ["--talents", "40", "--enterprises", "5", "--seed", "3", "--out", folder, "--format", format]
        let outcome = try await sample(arguments)
        #expect(outcome.status == 0)
        var names: Set<String> = []
        for line in outcome.output.split(separator: "\n") {
            let columns = line.split(separator: "\t")
            let text = try String(contentsOfFile: "\(folder)/\(columns[0])", encoding: .utf8)
            #expect(text.split(separator: "\n").count == Int(columns[1]).map { format == "csv" ? $0 + 1 : $0 })
            names.insert(String(columns[0]))
        }
        #expect(names.isSuperset(of: ["talent.\(format)", "enterprise.\(format)", "statement.employment.\(format)"]))
        #expect(try Set(FileManager.default.contentsOfDirectory(atPath: folder)) == names)
        #expect(try await sample(arguments + ["--quiet"]).output == "")
    }

    @Test(
        "arguments that cannot be are refused",
        arguments: [["--out", "x", "--talents=-1"], ["--out", "x", "--format", "json"], ["--talents", "1"]]
    )
    func refused(arguments: [String]) async throws {
        #expect(try await sample(arguments).status == 2)
    }
}
