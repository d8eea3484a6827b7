import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan webhook resume ID`
struct WebhookResume: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "resume",
            abstract: "Send again, from where it stopped; a disabled one as well."
        )
    }

    @Argument(help: "The number of the subscription.")
    var id: Int64

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client(of: .registry)
        try session.console.show(
            try await client.post("/v1/webhooks/\(id)/resume", as: Answer<WebhookSubscription>.self)
        )
    }
}
