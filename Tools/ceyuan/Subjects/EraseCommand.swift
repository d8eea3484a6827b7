import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan erase`: erase a person, which takes two people.
struct EraseCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "erase",
            abstract: "Erase what is known of a person; a second person approves, and nothing brings it back.",
            subcommands: [EraseRehearse.self, EraseRequest.self, EraseCarryOut.self, EraseShow.self]
        )
    }

    static func path(_ key: String) -> String { "\(Registrar.path(key))/erasure" }
}

/// `ceyuan erase rehearse KEY`
struct EraseRehearse: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "rehearse", abstract: "Print what would go, and what would stay.")
    }

    @Argument(help: "The key of the person's record.", completion: .recordKeys(of: .talent))
    var key: String

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let path = "\(EraseCommand.path(key))/rehearsal"
        let client = try session.client(of: .registry)
        try session.console.show(try await client.get(path, as: Answer<ErasureRehearsal>.self))
    }
}

/// `ceyuan erase request KEY --reason TEXT`
struct EraseRequest: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "request", abstract: "Ask for a record to be erased.")
    }

    @Argument(help: "The key of the person's record.", completion: .recordKeys(of: .talent))
    var key: String

    @Option(help: "Why; say nothing about the person, since this stays.")
    var reason: String

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        try session.console.show(
            try await session.client(of: .registry).post(
                "\(EraseCommand.path(key))/request",
                body: ErasureOrder(reason: reason),
                as: Answer<Approval>.self
            )
        )
    }
}

/// `ceyuan erase carry-out KEY --approval N`
struct EraseCarryOut: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "carry-out", abstract: "Erase a record, as somebody else has approved.")
    }

    @Argument(help: "The key of the person's record.", completion: .recordKeys(of: .talent))
    var key: String

    @Option(help: ArgumentHelp("The number of the approval.", valueName: "number"))
    var approval: Int64

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        try session.console.show(
            try await session.client(of: .registry).post(
                EraseCommand.path(key),
                body: ApprovedOrder(approval: approval),
                as: Answer<Tombstone>.self
            )
        )
    }
}

/// `ceyuan erase show KEY`
struct EraseShow: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: "Print what is left of an erased record.")
    }

    @Argument(help: "The key of the record.")
    var key: String

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client(of: .registry)
        try session.console.show(try await client.get(EraseCommand.path(key), as: Answer<Tombstone>.self))
    }
}
