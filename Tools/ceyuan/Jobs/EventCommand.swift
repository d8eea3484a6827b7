import ArgumentParser

/// `ceyuan event`: see what happened, in the order in which it did.
struct EventCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "event",
            abstract: "See what happened, in the order in which it did.",
            subcommands: [EventList.self, EventTail.self]
        )
    }
}
