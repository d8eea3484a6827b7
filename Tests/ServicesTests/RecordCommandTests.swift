import DomainModel
import Foundation
import ServiceKit
import Testing

/// The register on the command line, as an officer uses it, against a live service.
@Suite("Records on the command line", .timeLimit(.minutes(5)))
struct RecordCommandTests {
    /// Runs the program with an editor, and drafts in a folder that the test can look into.
    private func ceyuan(
        _ arguments: [String],
        editor: String? = nil,
        on platform: LivePlatform
    ) async throws -> Program.Outcome {
        let folder = Self.folder(of: platform)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var environment = [
            "CEYUAN_URL": platform.address, "CEYUAN_TOKEN": platform.administrator.text, "TMPDIR": folder.path,
        ]
        if let editor {
            let file = platform.home.appending(path: "editor-\(UUID().uuidString)")
            try Data("#!/bin/sh\nset -e\n\(editor)\n".utf8).write(to: file)
            environment["VISUAL"] = "sh \(file.path)"
        }
        return try await Program.ceyuan(arguments, environment, in: platform.home)
    }

    /// Runs what must succeed.
    private func done(
        _ line: String,
        editor: String? = nil,
        on platform: LivePlatform,
        at location: SourceLocation = #_sourceLocation
    ) async throws -> String {
        let arguments = line.split(separator: " ").map(String.init)
        let outcome = try await ceyuan(arguments, editor: editor, on: platform)
        #expect(outcome.status == 0, "\(line): \(outcome.error)", sourceLocation: location)
        return outcome.output
    }

    private static func folder(of platform: LivePlatform) -> URL { platform.home.appending(path: "drafts") }

    private func drafts(_ platform: LivePlatform) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: Self.folder(of: platform).path)
    }

    @Test("records are made, found, shown, changed, related, closed and withdrawn")
    func walk() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let make = "talent add --key T-9 name_zh=林致远 major=物理 region=330110 birth_date=1990-05-01 --from 2020-01-01"
            _ = try await done(make + " --reason introduced", on: platform)
            _ = try await done("enterprise add --key E-1 name_zh=甲公司 name_en=First region=330110", on: platform)
            let say = "talent say T-9 employment --object E-1 --term full_time --share 0.5 --from 2024-01-01"
            let number = try await done(say + " position=研究员 --format csv", on: platform)
                .split(separator: "\r\n").last?.prefix { $0 != "," }
            let statement = try #require(number.flatMap { Int($0) })

            let page = try await done("talent show T-9", on: platform)
            for part in ["林致远", "Yuhang", "Employment", "甲公司 (E-1)", "Full-time", "0.5", "Position: 研究员", "•••"] {
                #expect(page.contains(part), "\(part)")
            }
            #expect(!page.contains("1990-05-01"))
            #expect(
                try await done("talent show T-9 --purpose audit --language zh", on: platform).contains("1990-05-01")
            )
            #expect(try await done("enterprise show E-1 --language zh", on: platform).contains("← 任职"))
            let other = try await ceyuan(["talent", "show", "E-1"], on: platform)
            #expect(other.status == 3 && other.error.contains("ceyuan enterprise show E-1"))

            let list = "talent list --filter major=物理 --format csv"
            #expect(try await done(list, on: platform).contains("T-9,"))
            #expect(try await !done("talent list --filter major=化学 --format csv", on: platform).contains("T-9"))

            _ = try await done("talent set T-9 major=化学 degree=doctor --from 2022-01-01 --reason moved", on: platform)
            _ = try await done("talent set T-9 name_zh=林志远 --correct --reason typing", on: platform)
            #expect(try await done("talent show T-9 --valid-at 2021-06-30", on: platform).contains("物理"))
            let history = try await done("talent history T-9 --field major --format csv", on: platform)
            #expect(history.contains("物理,化学,2022-01-01,change,moved"))

            let turn = "statement change \(statement) --from 2025-01-01 --share 0.25 --format json"
            let changed = try await done(turn, on: platform)
            #expect(changed.contains("研究员"))
            let mend = "statement correct \(statement) position= --without share --reason wrong --format csv"
            let corrected = try await done(mend, on: platform)
            #expect(corrected.contains("full_time,,2024-01-01,2025-01-01,,"))
            _ = try await done("statement withdraw \(statement) --reason never", on: platform)
            let left = try await done("statement list --subject T-9 --format csv", on: platform)
            #expect(left.split(separator: "\r\n").count == 2)

            let field = "record-model add-field talent x_room --zh 房间 --en Room --source office"
            _ = try await done(field, on: platform)
            _ = try await done("talent set T-9 x_room=7 --reason moved", on: platform)
            let added = try await done("talent show T-9", on: platform)
            #expect(added.contains("Added fields") && added.contains("Room"))
            #expect(try await done("record-model talent", on: platform).contains("x_room"))

            #expect(try await done("talent close T-9 --reason left --format json", on: platform).contains("\"closed\""))
            #expect(try await done("talent list --state closed --format csv", on: platform).contains("T-9"))
            _ = try await done("talent reopen T-9 --reason back", on: platform)
            _ = try await done("talent withdraw T-9 --reason twice", on: platform)
            #expect(try await ceyuan(["talent", "show", "T-9"], on: platform).status == 3)

            // Whoever takes a record back learns of what leads to it.
            _ = try await done("talent add --key T-10 name_zh=王一 --from 2020-01-01", on: platform)
            _ = try await done("enterprise add --key E-10 name_zh=某公司 --from 2020-01-01", on: platform)
            _ = try await done(
                "talent say T-10 employment --object E-10 --term full_time --from 2021-01-01",
                on: platform
            )
            let taken = try await ceyuan(
                ["enterprise", "withdraw", "E-10", "--reason", "made by mistake"],
                on: platform
            )
            #expect(taken.status == 0 && taken.error.contains("statement list --object E-10"), "\(taken)")
            let leading = try await done("statement list --object E-10 --format csv", on: platform)
            #expect(leading.contains("T-10"))
        }
    }

    @Test("what is wrong is listed field by field, with exit code 1")
    func conflicts() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let arguments = ["talent", "add", "degree=dr", "nmae_zh=甲", "orcid=0000-0002-1825-0098"]
            let refused = try await ceyuan(arguments, on: platform)
            #expect(refused.status == 1 && refused.output.isEmpty)
            for part in [
                "RECORD_INVALID", "TERM_UNKNOWN", "FIELD_UNKNOWN", "IDENTIFIER_CHECK_DIGIT", "nmae_zh", "name_zh",
            ] {
                #expect(refused.error.contains(part), "\(part)")
            }
        }
    }

    @Test("an edit that meets another one is merged by field; what both changed comes back, and one is chosen")
    func mergedEdit() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            _ = try await done("talent add --key T-9 name_zh=林致远 major=物理 region=330110", on: platform)
            let program = LivePlatform.program("ceyuan").path
            let other = "'\(program)' talent set T-9 major=化学 degree=doctor --quiet > /dev/null"
            let script = """
                if [ ! -e "$HOME/once" ]; then
                  touch "$HOME/once"
                  \(other)
                  sed -i 's/^major:.*/major: 生物/; s/^name_pinyin:.*/name_pinyin: Lin Zhiyuan/' "$1"
                else
                  cp "$1" "$HOME/seen"
                  sed -i '/^major: 化学/d' "$1"
                fi
                """
            let edited = try await ceyuan(
                ["talent", "edit", "T-9", "--format", "json"],
                editor: script,
                on: platform
            )
            #expect(edited.status == 0, "\(edited.error)")
            for part in ["物理", "化学", "生物"] { #expect(edited.error.contains(part), "\(part)") }
            let record = try JSONDecoder().decode(RegistryRecord.self, from: Data(edited.output.utf8))
            #expect(record.attributes["major"] == .text("生物") && record.attributes["degree"] == .text("doctor"))
            #expect(record.attributes["name_pinyin"] == .text("Lin Zhiyuan"))
            let seen = try String(contentsOf: platform.home.appending(path: "seen"), encoding: .utf8)
            #expect(seen.contains("major: 化学") && seen.contains("major: 生物") && seen.contains("degree: doctor"))
            #expect(try drafts(platform).isEmpty)

            // Changes of other fields are brought together without asking.
            let quiet = """
                '\(program)' talent set T-9 homepage=https://example.org/ --quiet > /dev/null
                sed -i 's/^note:.*/note: seen/' "$1"
                """
            let second = try await done("talent edit T-9 --format json", editor: quiet, on: platform)
            #expect(second.contains("https://example.org/") && second.contains("\"seen\""))
        }
    }

    @Test("what was written and not taken is kept, and its path is told")
    func keptEdit() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            _ = try await done("talent add --key T-9 name_zh=林致远 major=物理 region=330110", on: platform)
            #expect(try await done("talent edit T-9", editor: "true", on: platform).isEmpty)
            #expect(try drafts(platform).isEmpty)

            let refused = try await ceyuan(
                ["talent", "edit", "T-9"],
                editor: #"sed -i 's/^degree:.*/degree: dr/' "$1""#,
                on: platform
            )
            #expect(refused.status == 1 && refused.error.contains("TERM_UNKNOWN"))
            let folder = try #require(try drafts(platform).first)
            let file = Self.folder(of: platform).appending(path: folder).appending(path: "T-9.txt")
            #expect(refused.error.contains(folder))
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(text.contains("degree: dr\n") && text.contains("#! TERM_UNKNOWN"))
            let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
            #expect(mode == 0o600)

            let failed = try await ceyuan(["talent", "edit", "T-9"], editor: "exit 3", on: platform)
            #expect(failed.status == 6 && failed.error.contains("EDITOR_FAILED"))
        }
    }
}
