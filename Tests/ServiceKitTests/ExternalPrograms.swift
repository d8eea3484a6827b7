import Foundation
import Testing

/// curl, the client that people have at hand.
enum Curl {
    /// What curl prints, its remarks included.
    static func run(_ options: [String], _ url: String, input: String = "") async throws -> String {
        try await runProgram("/usr/bin/curl", options + ["--max-time", "30", "--noproxy", "*", url], input: input)
    }
}

/// Prometheus' own checker, where it is installed.
enum Promtool {
    /// The one that `deploy/setup.sh test` fetches, or the machine's.
    static let path: String? = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return [root.appending(path: ".ceyuan/promtool/promtool").path, "/usr/bin/promtool"]
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    static func check(_ text: String) async throws {
        let complaints = try await runProgram(try #require(path), ["check", "metrics"], input: text)
        #expect(complaints.isEmpty, "\(complaints)")
    }
}

private func runProgram(_ path: String, _ arguments: [String], input: String) async throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    let (source, sink) = (Pipe(), Pipe())
    process.standardInput = source
    process.standardOutput = sink
    process.standardError = sink
    try process.run()
    return try await withCheckedThrowingContinuation { continuation in
        DispatchQueue.global().async {
            // A program that has read enough closes its input.
            try? source.fileHandleForWriting.write(contentsOf: Data(input.utf8))
            try? source.fileHandleForWriting.close()
            let output = sink.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            continuation.resume(returning: String(decoding: output, as: UTF8.self))
        }
    }
}
