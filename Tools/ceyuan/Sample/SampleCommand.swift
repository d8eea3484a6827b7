import ArgumentParser

/// `ceyuan sample`: made-up data to try the software with.
struct SampleCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "sample",
            abstract: "Make up data to try the software with, without a server.",
            subcommands: [SampleRegistry.self]
        )
    }
}
