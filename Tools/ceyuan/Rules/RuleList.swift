import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan rule list`
struct RuleList: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: "List the rules, with the regulations that they follow.")
    }

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client(of: .registry)
        try session.console.list(
            answers: try await client.get("/v1/derivation-rules", as: [Answer<RuleDescription>].self)
        )
    }
}

extension RuleDescription: Listed {
    static var listing: [Column<RuleDescription>] {
        var columns: [Column<RuleDescription>] = [
            .code("code", "规则", "rule") { $0.code }, .number("version", "版本", "version") { $0.version },
        ]
        columns += Column.localized("label", "名称", "name") { $0.label }
        columns += Column.word(
            "kinds",
            "记录类型",
            "of",
            code: { $0.kinds.map(\.rawValue).joined(separator: " ") },
            called: { $0.kinds.titles }
        )
        return columns + [.text("source", "来源", "source") { $0.source }]
    }
}
