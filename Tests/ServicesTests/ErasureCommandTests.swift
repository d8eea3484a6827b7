import DomainModel
import Foundation
import PostgresClient
import ServiceKit
import Testing

/// Erasure on the command line, against a live service.
@Suite("Erasure on the command line", .timeLimit(.minutes(5)))
struct ErasureCommandTests {
    @Test("the command line rehearses, asks, approves, erases and shows")
    func commands() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let people = try await TwoPeople(platform)
            try await people.talent("p")
            func run(_ line: String, as token: String) async throws -> Program.Outcome {
                try await Program.ceyuan(
                    line.split(separator: " ").map(String.init),
                    ["CEYUAN_URL": platform.address, "CEYUAN_TOKEN": token],
                    in: platform.home
                )
            }
            let second = APIToken()
            try await platform.pool.addUser("second", role: "privacy_officer", token: second)
            let first = platform.administrator.text
            #expect(try await run("erase rehearse p", as: first).output.contains("Chinese name"))
            let asked = try await run("erase request p --reason asked --format csv", as: first)
            let number = try #require(asked.output.split(separator: "\r\n").last?.prefix { $0 != "," })
            #expect(try await run("approval approve \(number)", as: first).status == 1)
            #expect(try await run("approval approve \(number)", as: second.text).status == 0)
            #expect(
                try await run("approval list --state approved --format csv", as: first).output.contains("user:second")
            )
            #expect(try await run("erase carry-out p --approval \(number)", as: first).status == 0)
            #expect(try await run("erase show p --language zh", as: first).output.contains("中文姓名"))
            let keys = "personal-export request p --purpose visa --recipient office --reason visas"
            // 410: there is nothing of this name any more.
            #expect(try await run(keys, as: first).status == 3)
        }
    }
}
