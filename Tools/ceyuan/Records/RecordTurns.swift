import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan talent close KEY --reason TEXT`
struct RecordClose<Tag: RecordKindTag>: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "close", abstract: "Say that what a record is about has ended.")
    }

    @OptionGroup
    var turn: TurnOptions<Tag>

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws { try await turn.post("close", in: session) }
}

/// `ceyuan talent reopen KEY --reason TEXT`
struct RecordReopen<Tag: RecordKindTag>: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "reopen", abstract: "Say that what a record is about goes on.")
    }

    @OptionGroup
    var turn: TurnOptions<Tag>

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws { try await turn.post("reopen", in: session) }
}

/// What ends or goes on, from when and why.
struct TurnOptions<Tag: RecordKindTag>: ParsableArguments {
    @Argument(help: "The key of the record.", completion: .recordKeys(of: Tag.kind))
    var key: String

    @Option(help: ArgumentHelp("The first day; by default today.", valueName: "day"))
    var from: CivilDate?

    @Option(help: "Why.")
    var reason: String

    func post(_ verb: String, in session: Session) async throws {
        let held = try await Registrar(session).hold(key, of: Tag.kind)
        try await session.show(
            try await held.client.post(
                "\(Registrar.path(key))/\(verb)",
                body: StateOrder(from: from, reason: reason),
                as: Answer<KindRecord<Tag>>.self
            )
        )
    }
}

/// `ceyuan talent withdraw KEY --reason TEXT`
struct RecordWithdraw<Tag: RecordKindTag>: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "withdraw",
            abstract: "Take back a record that should never have been.",
            discussion: "Nothing is believed of it any more; --as-of still shows what was believed before."
        )
    }

    @Argument(help: "The key of the record.", completion: .recordKeys(of: Tag.kind))
    var key: String

    @Option(help: "Why.")
    var reason: String

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let held = try await Registrar(session).hold(key, of: Tag.kind)
        try await held.client.delete(Registrar.path(key), query: ["reason": reason])
        session.console.remark(session.console("记录 \(key) 已撤回。", "The record \(key) is withdrawn."))
        let left: Page<RegistryStatement> = try await Registrar(session).client.get(
            "/v1/statements",
            query: ["object": key, "limit": "1", "total": "true"]
        )
        if let count = left.total, count > 0 {
            session.console.remark(
                session.console(
                    "另有 \(count) 条陈述指向它：ceyuan statement list --object \(key)",
                    "Statements of others that lead to it: \(count), see ceyuan statement list --object \(key)"
                )
            )
        }
    }
}
