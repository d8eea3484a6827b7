import ArgumentParser

/// `ceyuan record`: what is done to records of any kind, two at a time.
struct RecordDeeds: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "record",
            abstract: "Make records of any kind one, and two again.",
            subcommands: [RecordMergeCommand.self, RecordUnmerge.self, RecordMerges.self]
        )
    }
}
