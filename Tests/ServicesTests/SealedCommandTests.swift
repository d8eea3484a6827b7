import DomainModel
import Foundation
import PersonalData
import ServiceKit
import Testing

/// Personal data and its keys on the command line.
@Suite("Personal data on the command line", .timeLimit(.minutes(5)))
struct SealedCommandTests {
    private static let values = #"{"telephone": ["13800005678"], "passport": "E12345678", "name_zh": "林知远"}"#

    @Test("keys are made, a record is added from standard input, masked, shown, looked up and edited; keys are rotated")
    func walk() async throws {
        try await LivePlatform.run(starts: false) { platform in
            let file = platform.home.appending(path: "personal.keys").path
            let made = try await Program.ceyuan(["keys", "new", "--output", file, "--name", "a"], in: platform.home)
            #expect(made.status == 0, "\(made.error)")
            let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            #expect(try await Program.ceyuan(["keys", "new", "--output", file], in: platform.home).status == 6)
            try await platform.start(["CEYUAN_REGISTRY_KEYS_FILE": file])

            var environment = ["CEYUAN_URL": platform.address, "CEYUAN_TOKEN": platform.administrator.text]
            func done(_ line: String, input: String = "") async throws -> String {
                let arguments = line.split(separator: " ").map(String.init)
                let outcome = try await Program.ceyuan(arguments, environment, input: input, in: platform.home)
                #expect(outcome.status == 0, "\(line): \(outcome.error)")
                return outcome.output
            }
            _ = try await done("talent add --key T-9 --from 2020-01-01 --file -", input: Self.values)
            let page = try await done("talent show T-9")
            #expect(page.contains("138****5678") && page.contains("E******78") && !page.contains("13800005678"))
            let shown = try await done("talent show T-9 --purpose visa")
            #expect(shown.contains("13800005678") && shown.contains("E12345678"))
            #expect(try await done("talent show T-9 --purpose visa --format csv").contains("13800005678"))
            let found = try await done("lookup telephone --purpose visa --format csv", input: "+86 138 0000 5678\n")
            #expect(found.contains("T-9,talent,林知远,林知远,exact,telephone,"))

            _ = try await done("talent say T-9 permit --term work number=WP7654321")
            #expect(try await done("talent show T-9").contains("W******21"))
            _ = try await done("talent set T-9 --file -", input: #"{"telephone": ["13900001234"]}"#)
            let steps = try await done("talent history T-9 --field telephone --purpose visa --format csv")
            #expect(steps.contains("13800005678,13900001234"))

            // An edit that touches another field leaves what it does not see alone.
            let editor = try platform.write(
                "editor",
                "cp \"$1\" \"$HOME/seen\"; sed -i 's/^major:.*/major: 物理/' \"$1\""
            )
            environment["VISUAL"] = "sh \(editor)"
            environment["TMPDIR"] = platform.home.path
            _ = try await done("talent edit T-9")
            let seen = try String(contentsOf: platform.home.appending(path: "seen"), encoding: .utf8)
            #expect(!seen.contains("139****1234") && !seen.contains("13900001234") && seen.contains("# telephone:"))
            let after = try await done("talent show T-9 --purpose visa")
            #expect(after.contains("物理") && after.contains("13900001234"))

            _ = try await done("keys add --file \(file) b")
            let rotated = try await done("keys rotate --format csv")
            #expect(rotated.contains("b,") && rotated.contains(",1"))
            let listed = try await done("keys list --format csv")
            #expect(listed.contains("b,true,true,") && listed.contains("a,false,true,"))
            let text = try String(contentsOfFile: file, encoding: .utf8)
            for word in text.split(whereSeparator: \.isWhitespace) where word.hasSuffix("=") {
                #expect(!listed.contains(word) && !rotated.contains(word) && !platform.log.contains(word))
            }
        }
    }
}
