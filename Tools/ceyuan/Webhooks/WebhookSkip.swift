import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan webhook skip ID --position N`
struct WebhookSkip: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "skip",
            abstract: "Let a dead letter go, so that the later events of its subject are sent."
        )
    }

    @Argument(help: "The number of the subscription.")
    var id: Int64

    @Option(help: "The position of the event in the feed.")
    var position: Int64

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        try await session.client(of: .registry)
            .post("/v1/webhooks/\(id)/skip", query: ["position": String(position)])
        session.console.remark(session.console("已跳过。", "The event is let go."))
    }
}
