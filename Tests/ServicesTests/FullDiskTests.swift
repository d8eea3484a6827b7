import DomainModel
import Foundation
import Glibc
import PlatformClient
import TestSupport
import Testing

@Suite("A disk that is full", .timeLimit(.minutes(5)))
struct FullDiskTests {
    private static func run(_ program: String, _ arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }

    @Test(
        "a file that does not fit is refused whole, all else goes on, and readiness says what is left",
        .enabled(if: geteuid() == 0, "mounting a small file system needs root")
    )
    func full() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let data = platform.home.appending(path: "data").path
            let mounted = try Self.run("/bin/mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", data])
            try #require(mounted == 0, "this machine mounts no tmpfs, so that a full disk cannot be tried")
            let result: Result<Void, any Error>
            do {
                result = .success(try await Self.check(platform, data))
            } catch {
                result = .failure(error)
            }
            #expect(try Self.run("/bin/umount", ["-l", data]) == 0)
            try result.get()
        }
    }

    private static func check(_ platform: LivePlatform, _ data: String) async throws {
        let before = try await platform.rowCounts()
        let header = "indicator,region,period,value\n"
        let long = header + String(repeating: "yuhang.economy.gdp,330110,2020-05-17,1\n", count: 60_000)
        let error = await #expect(throws: PlatformClientError.self) {
            _ = try await platform.send(try platform.write("long.csv", long), to: "monthly.indicators")
        }
        guard case .problem(let problem)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(problem.status >= 500)
        #expect(try await platform.rowCounts() == before)
        #expect(try FileManager.default.subpathsOfDirectory(atPath: data).allSatisfy { !$0.contains("incoming") })

        let ready = try PlainConnection(platform.address)
        try ready.send("GET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        let answer = await ready.readAll()
        ready.close()
        #expect(answer.hasPrefix("HTTP/1.1 503"))
        #expect(answer.contains("bytes left"))

        let short = try platform.write("short.csv", header + "yuhang.economy.gdp,330110,2020-05-17,1\n")
        #expect(try await platform.submit(short, to: "monthly.indicators").state == .committed)
    }
}
