import DomainModel
import FoundationEssentials
import PlatformClient
import Testing

/// `ceyuan register import` of folders in which something is wrong.
@Suite("Loading a folder", .timeLimit(.minutes(5)))
struct RegisterImportTests {
    /// A folder in which one of two persons has a region that is not there.
    private func folder(_ platform: LivePlatform) throws -> String {
        let folder = platform.home.appending(path: "folder").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let files = [
            "talent.csv": "key,name_zh,region\nT-1,林知远,330110\nT-2,申屠若,339999\n",
            "enterprise.csv": "key,name_zh,region\nE-1,杭州云帆科技有限公司,330110\n",
        ]
        for (name, text) in files { try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)")) }
        return folder
    }

    private func load(
        _ platform: LivePlatform,
        _ arguments: String...
    ) async throws -> (status: Int32?, rows: [Substring], output: String) {
        let outcome = try await Program.ceyuan(
            ["register", "import", try folder(platform)] + arguments,
            on: platform
        )
        let rows = outcome.output.split(separator: "\n", omittingEmptySubsequences: false).prefix { !$0.isEmpty }
            .dropFirst(2)
        return (outcome.status, Array(rows), outcome.output)
    }

    @Test("a file that is taken in part does not keep the next one out; both are told, and what was wrong")
    func partial() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let outcome = try await load(platform, "--mode", "partial")
            #expect(outcome.status == 1)
            #expect(outcome.rows.count { $0.contains("talent.csv") && $0.contains("committed") } == 1)
            #expect(outcome.rows.count { $0.contains("enterprise.csv") && $0.contains("committed") } == 1)
            #expect(outcome.output.contains("339999"))
            for path in ["/v1/talents/T-1", "/v1/enterprises/E-1"] {
                let record: RegistryRecord = try await platform.client.get(path)
                #expect(record.state == .active)
            }
        }
    }

    @Test("a file that is refused ends it: later ones are not sent")
    func refused() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let outcome = try await load(platform)
            #expect(outcome.status == 1)
            #expect(outcome.rows.count { $0.contains("talent.csv") && $0.contains("refused") } == 1)
            #expect(!outcome.output.contains("enterprise.csv"))
            #expect(outcome.output.contains("339999"))
            let talents: Page<RegistryRecord> = try await platform.client.get("/v1/talents")
            #expect(talents.items.isEmpty)
        }
    }
}
