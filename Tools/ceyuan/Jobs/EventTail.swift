import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan event tail`
struct EventTail: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "tail",
            abstract: "Print events as they happen, one JSON document a line, until interrupted."
        )
    }

    @Option(help: "Begin after this position instead of now.")
    var after: Int64?

    @Option(
        help: ArgumentHelp(
            "Only events of this type; ceyuan.batch.* for all of them. May be repeated.",
            valueName: "type"
        )
    )
    var type: [String] = []

    @Option(help: "Only events of this subject.")
    var subject: String?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        var feed = EventFeed(session, after: after ?? .max, types: type, subject: subject)
        if after == nil { try await feed.skipToEnd() }
        while true {
            for event in try await feed.next(limit: 500, wait: 30) {
                try session.console.line(try JSONText.line(event.json))
            }
        }
    }
}
