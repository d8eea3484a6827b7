import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan webhook show ID`
struct WebhookShow: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: "Print a subscription and how it goes.")
    }

    @Argument(help: "The number of the subscription.")
    var id: Int64

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client(of: .registry)
        try session.console.show(try await client.get("/v1/webhooks/\(id)", as: Answer<WebhookSubscription>.self))
    }
}
