import Foundation

/// A host as a process of its own, that a test may kill.
final class HostProcess {
    /// The program ended before it listened.
    struct Ended: Error {
        let log: String
    }

    /// The program did not end within a minute after SIGTERM.
    struct Unstoppable: Error {
        let log: String
    }

    /// Where it listens.
    private(set) var address = ""
    private let process = Process()
    private let logFile: URL

    /// Starts a program of this package on a free port and waits until it listens.
    ///
    /// - Parameters:
    ///   - program: Its name.
    ///   - settings: Variables of its environment.
    ///   - home: A folder for its log and its address.
    ///   - openFiles: The most files that it may have open; as many as this process by default.
    /// - Throws: ``Ended``; errors of the file system.
    init(_ program: String, _ settings: [String: String], in home: URL, openFiles: Int? = nil) async throws {
        let file = home.appending(path: "\(program).address")
        logFile = home.appending(path: "\(program).log")
        try? FileManager.default.removeItem(at: file)
        if !FileManager.default.fileExists(atPath: logFile.path) { try Data().write(to: logFile) }
        if let openFiles {
            process.executableURL = URL(filePath: "/bin/sh")
            process.arguments = ["-c", "ulimit -n \(openFiles) && exec \"$0\"", LivePlatform.program(program).path]
        } else {
            process.executableURL = LivePlatform.program(program)
        }
        process.environment = [
            "CEYUAN_LISTEN_PORT": "0", "CEYUAN_ADDRESS_FILE": file.path, "CEYUAN_LOG_LEVEL": "warning",
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "",
        ].merging(settings) { $1 }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle(forWritingAtPath: logFile.path)
        try process.run()
        while true {
            if let text = try? String(contentsOf: file, encoding: .utf8), !text.isEmpty {
                address = text.trimmingCharacters(in: .whitespacesAndNewlines)
                return
            }
            guard process.isRunning else { throw Ended(log: log) }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// How many files and sockets it has open.
    var openFiles: Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process.processIdentifier)/fd").count) ?? 0
    }

    /// What it wrote to its log.
    var log: String { (try? String(contentsOf: logFile, encoding: .utf8)) ?? "" }

    /// Ends it as a power cut would.
    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Ends it in good order.
    ///
    /// - Throws: ``Unstoppable``; then it was killed.
    func stop() async throws {
        process.terminate()
        let end = ContinuousClock.now + .seconds(60)
        while process.isRunning, ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(20)) }
        if process.isRunning {
            kill()
            throw Unstoppable(log: log)
        }
    }
}
