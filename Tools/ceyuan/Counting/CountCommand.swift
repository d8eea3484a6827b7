import ArgumentParser

/// `ceyuan count`: indicators from the records of the registry.
struct CountCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "count",
            abstract: "Count indicators from the records, see who was counted, and submit the figures.",
            subcommands: [CountMeasures.self, CountRun.self, CountShow.self, CountRecords.self, CountSubmit.self]
        )
    }
}
