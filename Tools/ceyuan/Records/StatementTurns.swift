import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan statement end NUMBER --until DAY`
struct StatementEnd: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "end", abstract: "Say when a statement ends.")
    }

    @Argument(help: "The number of the statement.")
    var number: Int64

    @Option(help: ArgumentHelp("The first day on which it holds no longer.", valueName: "day"))
    var until: CivilDate

    @Option(help: "Why.")
    var reason: String?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        try await session.show(
            try await session.client(of: .registry).post(
                "\(StatementCommand.path(number))/end",
                body: StatementEnding(until: until, reason: reason),
                as: Answer<ListedStatement>.self
            )
        )
    }
}

/// `ceyuan statement change NUMBER --from DAY --share 0.3`
struct StatementChange: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "change",
            abstract: "Say that it is otherwise from a day on: the statement ends, and another one begins.",
            discussion: "What is not named stays as it was."
        )
    }

    @Argument(help: "The number of the statement.")
    var number: Int64

    @Argument(help: ArgumentHelp("What else is otherwise.", valueName: "field=value"), completion: .statementValues)
    var values: [FieldArgument] = []

    @Option(help: ArgumentHelp("The first day on which it is otherwise.", valueName: "day"))
    var from: CivilDate

    @Option(help: ArgumentHelp("Its new term.", valueName: "code"))
    var term: String?

    @Option(help: ArgumentHelp("Its new share of a whole.", valueName: "decimal"))
    var share: ExactDecimal?

    @Option(help: ArgumentHelp("The first day on which the new one holds no longer.", valueName: "day"))
    var until: CivilDate?

    @OptionGroup
    var ground: GroundOptions

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let turn = StatementTurn(
            from: from,
            term: term,
            share: share,
            until: until,
            attributes: values.attributes.compactMapValues(\.self),
            reason: ground.reason,
            source: ground.document
        )
        try await session.show(
            try await session.client(of: .registry).post(
                "\(StatementCommand.path(number))/change",
                body: turn,
                as: Answer<ListedStatement>.self
            )
        )
    }

    func validate() throws {
        if let empty = values.first(where: \.value.isEmpty) {
            throw ValidationError("\(empty.code) needs a value here; statement correct can take one away.")
        }
    }
}
