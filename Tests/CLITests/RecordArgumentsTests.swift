import ArgumentParser
import DomainModel
import Testing

@testable import ceyuan

@Suite("commands of the register")
struct RecordArgumentsTests {
    @Test("a field that stands twice is a list; an empty one takes the value away")
    func fields() throws {
        let arguments = ["names_former=a", "major=", "names_former=b=c"].compactMap(FieldArgument.init)
        #expect(
            arguments.attributes == ["names_former": .list([.text("a"), .text("b=c")]), "major": .none]
        )
        #expect(FieldArgument(argument: "Major=x") == nil && FieldArgument(argument: "major") == nil)
    }

    @Test("each kind has its command, and none takes the name of another", arguments: RegistryKind.allCases)
    func commands(kind: RegistryKind) throws {
        var names: [String] = []
        for group in Ceyuan.configuration.groupedSubcommands {
            for command in group.subcommands { names.append(command.configuration.commandName ?? "\(command)") }
        }
        #expect(names.filter { $0 == kind.command }.count == 1)
        let list = try Ceyuan.parseAsRoot([kind.command, "list", "--filter", "name_zh=a", "--valid-at", "2021年6月30日"])
        #expect(list is any PlatformCommand)
        #expect(Set(names).count == names.count)
    }

    @Test("a statement is said in one line")
    func say() throws {
        let line = [
            "talent", "say", "T-1", "employment", "--object", "E-1", "--term", "full_time", "--share", "0.5", "--from",
            "2024-01-01", "position=研究员",
        ]
        let command = try #require(try Ceyuan.parseAsRoot(line) as? RecordSay<RecordKinds.Talent>)
        #expect(command.key == "T-1" && command.type == "employment" && command.parts.object == "E-1")
        #expect(command.parts.share == ExactDecimal("0.5") && command.from == CivilDate(iso: "2024-01-01"))
        #expect(command.parts.values.attributes == ["position": .text("研究员")])
    }

    @Test("fields and their codes are completed without a service; keys are not, and nothing is said")
    func completion() async throws {
        let completions = RegisterCompletions(["--url", "http://127.0.0.1:9"])
        let fields = RecordModel.standard.fields(of: .talent)
        #expect(await completions.values(of: fields, "name_f") == ["name_foreign="])
        #expect(await completions.values(of: fields, "degree=d") == ["degree=doctor"])
        #expect(await completions.values(of: fields, "is_stem=") == ["is_stem=true", "is_stem=false"])
        #expect(await completions.keys(of: .talent, "T-") == [])
        #expect(await completions.values(of: fields, "region=33") == [])
    }

    @Test("conflicts are listed with field, code, what was given, expected, and near")
    func conflicts() {
        let conflict = Conflict(
            code: .termUnknown,
            field: "degree",
            given: "dr",
            expected: LocalizedText(zh: "学位", en: "a degree"),
            nearest: ["doctor"]
        )
        let text = Console(language: .en, width: nil).text(of: [conflict])
        for part in ["degree", "TERM_UNKNOWN", "dr", "a degree", "doctor"] { #expect(text.contains(part)) }
        #expect(conflict.sentence(in: .en).hasSuffix("; expected: a degree; near: doctor"))
    }
}
