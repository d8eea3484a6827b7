import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan webhook pause ID`
struct WebhookPause: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "pause", abstract: "Stop sending; events gather.")
    }

    @Argument(help: "The number of the subscription.")
    var id: Int64

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client(of: .registry)
        try session.console.show(
            try await client.post("/v1/webhooks/\(id)/pause", as: Answer<WebhookSubscription>.self)
        )
    }
}
