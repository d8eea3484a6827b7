import FoundationEssentials
import Subprocess
import SystemPackage
import Testing

/// What `make docs` says of what these tests were built with.
@Suite("Rendering of the documentation", .timeLimit(.minutes(5)))
struct RenderingTests {
    private static let hasRenderer = ["docc", "swift-symbolgraph-extract", "python3", "pg_config"].allSatisfy { tool in
        let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
        return folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(tool)") }
    }

    @Test(
        "every link leads to a symbol, and every public symbol says what it is and what it throws",
        .enabled(if: hasRenderer, "docc is missing; it comes with Swift")
    )
    func rendering() async throws {
        let built = FilePath(CommandLine.arguments[0]).removingLastComponent()
        let script = FilePath(#filePath).removingLastComponent().removingLastComponent().removingLastComponent()
            .removingLastComponent().appending("deploy/docs.sh")
        let outcome = try await Subprocess.run(
            .path(script),
            arguments: [built.string],
            output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20)
        )
        let words = "\(outcome.standardOutput)\(outcome.standardError)"
        #expect(outcome.terminationStatus == .exited(0), "\(words)")
    }
}
