import ArgumentParser

/// `ceyuan operation`: requests that are answered later.
struct OperationCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "operation",
            abstract: "See what was asked for with --no-wait, wait for it, or end it.",
            subcommands: [OperationList.self, OperationShow.self, OperationWatch.self, OperationCancel.self]
        )
    }
}
