import ArgumentParser

/// `ceyuan job`: see the work that goes on behind, end it, or try it again.
struct JobCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "job",
            abstract: "See the work that goes on behind, end it, or try it again.",
            subcommands: [JobList.self, JobShow.self, JobStats.self, JobCancel.self, JobReplay.self]
        )
    }
}
