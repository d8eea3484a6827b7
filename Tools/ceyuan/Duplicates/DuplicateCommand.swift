import ArgumentParser

/// `ceyuan duplicate`: pairs of records that may be one.
struct DuplicateCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "duplicate",
            abstract: "Find records that may be about the same, compare them, and decide.",
            subcommands: [DuplicateFind.self, DuplicateList.self, DuplicateShow.self, DuplicateDecide.self]
        )
    }
}
