import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan statement`: what is said about records.
struct StatementCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "statement",
            abstract: "List, end, change, correct and withdraw what is said about records.",
            discussion: "New ones are made with say: ceyuan talent say KEY employment --object E-1 …",
            subcommands: [
                StatementList.self, StatementHistory.self, StatementEnd.self, StatementChange.self,
                StatementCorrect.self, StatementWithdraw.self, StatementImport.self, StatementExport.self,
            ]
        )
    }

    /// The path of a statement.
    static func path(_ number: Int64) -> String { "/v1/statements/\(number)" }
}

/// `ceyuan statement list`
struct StatementList: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: "List statements, by number.")
    }

    @Option(help: ArgumentHelp("Only those about this record.", valueName: "key"))
    var subject: String?

    @Option(help: ArgumentHelp("Only those that lead to this record.", valueName: "key"))
    var object: String?

    @Option(
        help: "Only those of this kind: employment, title, …",
        completion: .list(RecordModel.standard.statements.map(\.code))
    )
    var type: String?

    @Option(
        help: "As it was believed at this instant (2026-06-30T08:00:00Z), or at the end of this day (2026-06-30, UTC)."
    )
    var asOf: Instant?

    @Option(help: ArgumentHelp("Only those that hold on this day.", valueName: "day"))
    var validAt: CivilDate?

    @Option(help: ArgumentHelp("Show fields about a person too, with --subject: what for.", valueName: "text"))
    var purpose: String?

    @OptionGroup
    var limit: LimitOption

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let query: Query = [
            "subject": subject, "object": object, "type": type, "asOf": asOf?.description, "validAt": validAt?.isoText,
            "purpose": purpose,
        ]
        try await session.list(
            ListedStatement.self,
            of: .registry,
            "/v1/statements",
            query,
            limit: limit.count
        )
    }
}

/// `ceyuan statement history NUMBER`
struct StatementHistory: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "history",
            abstract: "List all that was ever said under a number: who, when, why, and who took it back."
        )
    }

    @Argument(help: "The number of the statement.")
    var number: Int64

    @OptionGroup
    var moment: HistoryMoment

    @Option(help: ArgumentHelp("Show fields about a person too: what for.", valueName: "text"))
    var purpose: String?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        var query = moment.query
        query.set("purpose", purpose)
        let said: [Answer<SaidStatement>] = try await session.client(of: .registry)
            .get("\(StatementCommand.path(number))/history", query: query)
        try await session.list(answers: said)
    }
}

/// `ceyuan statement withdraw NUMBER --reason TEXT`
struct StatementWithdraw: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "withdraw",
            abstract: "Take back a statement that should never have been made."
        )
    }

    @Argument(help: "The number of the statement.")
    var number: Int64

    @Option(help: "Why.")
    var reason: String

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        try await session.client(of: .registry).delete(StatementCommand.path(number), query: ["reason": reason])
        session.console.remark(session.console("陈述 \(number) 已撤回。", "Statement \(number) is withdrawn."))
    }
}
