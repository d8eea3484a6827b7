import Foundation
import Testing

/// The hosts as an operator starts them.
@Suite("Host programs")
struct HostProgramTests {
    @Test("a host does not start with a key that nothing reads")
    func unknownKey() async throws {
        let outcome = try await Self.run("ceyuan-ingest", [], ["CEYUAN_INGEST_LODERS": "2", "CEYUAN_REPORTS_X": "1"])
        #expect(outcome.status == 78)
        #expect(outcome.error.contains("CEYUAN_INGEST_LODERS in the environment (did you mean CEYUAN_INGEST_LOADERS?)"))
        #expect(!outcome.error.contains("CEYUAN_REPORTS_X"))
        #expect(outcome.output.isEmpty)
    }

    @Test("--help and the page of operations list the same keys, those of the plugins with them")
    func keys() async throws {
        let help = try await Self.run("ceyuan-platform", ["--help"], [:])
        #expect(help.status == 0)
        let listed = help.output.split(separator: "\n").compactMap { line in
            line.firstMatch(of: #/^  ([a-z]+(?:\.[A-Za-z]+)+|addressFile) /#).map { String($0.1) }
        }
        let page = try String(contentsOf: Self.page, encoding: .utf8)
        let documented = page.matches(of: #/(?m)^\| `([A-Za-z.]+)` \|.*\| `(CEYUAN_[A-Z_]+)` \|$/#).map { String($0.1) }
        #expect(listed.count > 50)
        #expect(listed.contains("ingest.loaders") && listed.contains("administration.webhooks.allow"))
        #expect(listed.sorted() == documented.sorted())
    }

    private static let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "docs/operations.md")

    private static func run(
        _ name: String,
        _ arguments: [String],
        _ environment: [String: String]
    ) async throws -> Program.Outcome {
        let home = FileManager.default.temporaryDirectory.appending(path: "ceyuan-host-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: home) }
        return try await Program.run(LivePlatform.program(name), arguments, environment, in: home)
    }
}
