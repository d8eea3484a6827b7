import ArgumentParser

/// `ceyuan report`: writes reports.
struct ReportCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "report",
            abstract: "Write reports, and read those that were written.",
            subcommands: [ReportBuild.self, ReportList.self, ReportShow.self]
        )
    }
}
