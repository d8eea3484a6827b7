import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan search TEXT`
struct Search: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "search",
            abstract: "Find records by name, Pinyin, initials or identifier.",
            discussion:
                "Traditional and simplified characters, full and half width are the same; former names answer too."
        )
    }

    @Argument(help: "What is looked for, from one character on.")
    var text: [String]

    @Option(help: "Only records of this kind. May be repeated.")
    var kind: [RegistryKind] = []

    @Option(help: "At most so many.")
    var limit: Int = 20

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        var query: Query = ["q": text.joined(separator: " "), "limit": String(limit)]
        for kind in kind { query.append("kind", kind.rawValue) }
        let page = try await session.client(of: .registry)
            .get("/v1/search", query: query, as: Page<Answer<FoundRecord>>.self)
        try session.console.list(answers: page.items)
        if page.next != nil {
            session.console.remark(session.console("还有更多结果，可用 --limit 增加。", "There are more: raise --limit."))
        }
    }
}

extension FoundRecord: Listed {
    static var listing: [Column<FoundRecord>] {
        [
            .code("key", "记录", "record") { $0.key },
            .code("kind", "类型", "kind") { $0.kind.rawValue },
            .text("name", "名称", "name") { $0.shown },
            .code("match", "匹配", "match") { $0.match.rawValue },
            .code("field", "字段", "field") { $0.field },
        ]
    }
}
