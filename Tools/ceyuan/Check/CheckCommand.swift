import ArgumentParser

/// `ceyuan check`: what can be judged without a server.
struct CheckCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "check",
            abstract: "Check values by the rules of their standards, without a server.",
            subcommands: [CheckIdentifier.self]
        )
    }
}
