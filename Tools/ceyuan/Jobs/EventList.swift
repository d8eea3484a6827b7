import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan event list`
struct EventList: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: "List events, oldest first.")
    }

    @Option(help: "Only events after this position.")
    var after: Int64 = 0

    @Option(
        help: ArgumentHelp(
            "Only events of this type; ceyuan.batch.* for all of them. May be repeated.",
            valueName: "type"
        )
    )
    var type: [String] = []

    @Option(help: "Only events of this subject.")
    var subject: String?

    @OptionGroup
    var limit: LimitOption

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        var feed = EventFeed(session, after: after, types: type, subject: subject)
        var left = limit.count ?? .max
        var events: [Answer<EventRecord>] = []
        while left > 0 {
            let page = try await feed.next(limit: min(left, 500), wait: nil)
            events += page
            left -= page.count
            if page.isEmpty { break }
        }
        try session.console.list(answers: events)
    }
}
