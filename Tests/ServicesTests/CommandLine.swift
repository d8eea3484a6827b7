import Foundation
import ServiceKit

/// The program `ceyuan`, run as a person runs it.
enum Program {
    struct Outcome: Sendable {
        let status: Int32
        let output: String
        let error: String
    }

    /// Runs it against a platform, as its administrator.
    static func ceyuan(_ arguments: [String], on platform: LivePlatform) async throws -> Outcome {
        let environment = ["CEYUAN_URL": platform.address, "CEYUAN_TOKEN": platform.administrator.text]
        return try await ceyuan(arguments, environment, in: platform.home)
    }

    /// Runs it without any platform.
    ///
    /// - Parameters:
    ///   - arguments: What follows the program's name.
    ///   - more: Variables of its environment.
    ///   - input: What it reads from its standard input.
    ///   - home: Its home directory.
    /// - Returns: What it said, and how it ended.
    /// - Throws: When it cannot be run.
    static func ceyuan(
        _ arguments: [String],
        _ more: [String: String] = [:],
        input: String = "",
        in home: URL
    ) async throws -> Outcome {
        try await run(LivePlatform.program("ceyuan"), arguments, more, input: input, in: home)
    }

    /// Runs a program to its end.
    static func run(
        _ program: URL,
        _ arguments: [String],
        _ more: [String: String],
        input: String = "",
        in home: URL
    ) async throws -> Outcome {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        process.environment = ["LANG": "C.UTF-8", "PATH": path, "HOME": home.path].merging(more) { $1 }
        // Files, since a pipe that nobody empties would stop the program.
        let output = home.appending(path: "out-\(UUID().uuidString)")
        let error = home.appending(path: "err-\(UUID().uuidString)")
        for file in [output, error] { try Data().write(to: file) }
        let given = home.appending(path: "in-\(UUID().uuidString)")
        try Data(input.utf8).write(to: given)
        process.standardInput = try FileHandle(forReadingFrom: given)
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: error)
        try await end(of: process)
        return Outcome(
            status: process.terminationStatus,
            output: try String(contentsOf: output, encoding: .utf8),
            error: try String(contentsOf: error, encoding: .utf8)
        )
    }

    /// Runs a process to its end without holding a thread meanwhile: there are as few of those as processors.
    static func end(of process: Process) async throws {
        let (endings, ending) = AsyncStream.makeStream(of: Void.self)
        process.terminationHandler = { _ in ending.finish() }
        try process.run()
        for await _ in endings {}
    }
}
