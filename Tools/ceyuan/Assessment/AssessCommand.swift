import ArgumentParser

/// `ceyuan assess`: judges plans.
struct AssessCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "assess",
            abstract: "Judge the targets of a plan.",
            subcommands: [AssessRun.self, AssessShow.self, AssessList.self]
        )
    }
}
