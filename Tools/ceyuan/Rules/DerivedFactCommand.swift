import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan derived-fact`: what the rules conclude.
struct DerivedFactCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "derived-fact",
            abstract: "See what the rules conclude of the records.",
            subcommands: [DerivedFactList.self]
        )
    }
}

/// `ceyuan warning`: early warnings.
struct WarningCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "warning",
            abstract: "See early warnings: firms that may leave, need money, or lay off.",
            subcommands: [WarningList.self]
        )
    }
}

/// Which of the conclusions are shown.
struct DerivedFactOptions: ParsableArguments {
    @Option(help: "Only this conclusion: relocation, market.listed, top, …")
    var term: String?

    @Option(help: ArgumentHelp("Only of records in this region and below it.", valueName: "code"), completion: .regions)
    var region: String?

    @Option(help: ArgumentHelp("The facts of this run; those that stand by default.", valueName: "run"))
    var run: Int64?

    @OptionGroup
    var moment: MomentOptions

    @OptionGroup
    var limit: LimitOption

    func list(_ sort: DerivedFact.Sort?, rule: String? = nil, in session: Session) async throws {
        try await session.list(
            FactRow.self,
            of: .registry,
            "/v1/derived-facts",
            [
                "sort": sort?.rawValue, "term": term, "region": region, "rule": rule, "run": run.map { String($0) },
                "asOf": moment.asOf?.description, "validAt": moment.validAt?.isoText,
            ],
            limit: limit.count
        )
    }
}

/// `ceyuan derived-fact list`
struct DerivedFactList: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: "List conclusions with their grounds.")
    }

    @Option(help: "Only conclusions of this sort: tier, stage, title, expiry or warning.")
    var sort: DerivedFact.Sort?

    @Option(help: "Only conclusions of this rule, by its code.")
    var rule: String?

    @OptionGroup
    var which: DerivedFactOptions

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws { try await which.list(sort, rule: rule, in: session) }
}

/// `ceyuan warning list`
struct WarningList: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: "List early warnings with their grounds.")
    }

    @OptionGroup
    var which: DerivedFactOptions

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws { try await which.list(.warning, in: session) }
}

/// A conclusion in a list, with what its codes are called.
struct FactRow: Codable, Sendable {
    let listed: ListedFact
    var words = RecordWords()

    init(from decoder: any Decoder) throws { listed = try ListedFact(from: decoder) }

    func encode(to encoder: any Encoder) throws { try listed.encode(to: encoder) }
}

extension FactRow: WordedRow {
    var vocabularies: Set<String> { Set(listed.sort.vocabularies) }

    static var listing: [Column<FactRow>] {
        var columns: [Column<FactRow>] = [
            .code("record", "记录", "record") { $0.listed.record }, .text("name", "名称", "name") { $0.listed.name },
        ]
        columns += Column.word("sort", "类别", "sort") { $0.listed.sort }
        columns += Column.word(
            "term",
            "结论",
            "conclusion",
            code: { $0.listed.term },
            called: { $0.words.name(of: $0.listed.term, $0.listed.sort) }
        )
        columns += Column.localized("grounds", "依据", "grounds") { $0.listed.fact.reasons }
        return columns + [.code("rule", "规则", "rule") { $0.listed.rule }]
    }
}

extension DerivedFact {
    /// The grounds in one line, each with what it is taken from.
    var reasons: LocalizedText {
        func line(_ text: (Ground) -> String, _ mark: String) -> String {
            grounds.map { ground in
                let from = ground.statement.map { "#\($0)" } ?? ground.field
                return text(ground) + (from.map { " [\($0)]" } ?? "")
            }.joined(separator: mark)
        }
        return LocalizedText(zh: line(\.text.zh, "；"), en: line(\.text.en, "; "))
    }
}
