import ArgumentParser

/// `ceyuan batch`: what was submitted.
struct BatchCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "batch",
            abstract: "See what was submitted, and what came of it.",
            subcommands: [BatchList.self, BatchShow.self, BatchConflicts.self, BatchFile.self]
        )
    }
}
