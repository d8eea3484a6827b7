import DomainModel
import Foundation
import PlatformClient
import ServiceKit
import Testing

/// Saved lists by their names on the command line, through the live service.
@Suite("Saved lists by name", .timeLimit(.minutes(5)))
struct SavedListNameTests {
    @Test("a list is called by its name: one's own before others'; two of others must be told by number")
    func names() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            func run(_ line: String, as token: APIToken) async throws -> Program.Outcome {
                try await Program.ceyuan(
                    line.split(separator: " ").map(String.init),
                    ["CEYUAN_URL": platform.address, "CEYUAN_TOKEN": token.text],
                    in: platform.home
                )
            }
            let people = try await TwoPeople(platform)
            for key in ["p", "q", "r"] { try await people.talent(key) }
            let (one, two, reader) = (APIToken(), APIToken(), APIToken())
            try await platform.pool.addUser("one", role: "registry_officer", token: one)
            try await platform.pool.addUser("two", role: "registry_officer", token: two)
            try await platform.pool.addUser("reader", role: "viewer", token: reader)
            for (token, key) in [(one, "p"), (two, "q")] {
                let saved = try await run("saved-list save 名单 --key \(key) --everybody", as: token)
                #expect(saved.status == 0, "\(saved.error)")
            }
            func keys(_ token: APIToken) async throws -> String {
                try await run("saved-list run 名单 --format csv", as: token).output
            }
            #expect(try await keys(one).contains("\r\np,"))
            #expect(try await keys(two).contains("\r\nq,"))
            let both = try await run("saved-list show 名单", as: reader)
            #expect(both.status == 2 && both.error.contains("LIST_AMBIGUOUS") && both.error.contains("user:two"))
            #expect(try await run("saved-list show 没有", as: reader).status == 3)

            let asked = try await run(
                "personal-export request --list 名单 --purpose visa --recipient office --reason visas --field name_zh "
                    + "--format json",
                as: two
            )
            let approval = try JSONDecoder().decode(Approval.self, from: Data(asked.output.utf8))
            #expect(approval.records == ["q"], "\(asked.error)")

            let removed = try await run("saved-list delete 名单", as: one)
            #expect(removed.status == 0)
            #expect(try await keys(reader).contains("\r\nq,"))
            // The service is asked for a second at most: on a busy machine the first answers may be nothing.
            let words = "3 1 ceyuan saved-list show 名"
            var offered = ""
            for _ in 0..<30 where offered.isEmpty {
                offered = try await run("---completion saved-list show -- positional@0 \(words)", as: reader).output
            }
            #expect(offered.split(whereSeparator: \.isNewline) == ["名单"])
        }
    }
}
