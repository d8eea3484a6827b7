import ArgumentParser

/// `ceyuan rule`: the rules that derive facts from records.
struct RuleCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "rule",
            abstract: "Derive tiers, stages and warnings from the records by rule, and see who gains and who loses.",
            subcommands: [RuleList.self, RuleRunCommand.self, RuleRuns.self, RuleCompare.self]
        )
    }
}
