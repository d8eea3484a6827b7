import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan webhook replay ID [--position N]`
struct WebhookReplay: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "replay",
            abstract: "Send dead letters again; what waits behind them follows in order."
        )
    }

    @Argument(help: "The number of the subscription.")
    var id: Int64

    @Option(help: "Only the event at this position of the feed.")
    var position: Int64?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        struct Replayed: Codable, Sendable { let replayed: Int }
        let query: Query = ["position": position.map { String($0) }]
        let answer = try await session.client(of: .registry)
            .post("/v1/webhooks/\(id)/replay", query: query, as: Replayed.self)
        try session.console.line(
            session.console("已重新排队 \(answer.replayed) 个事件。", "\(answer.replayed) events are sent again.")
        )
    }
}
