import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan webhook list`
struct WebhookList: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: "List subscriptions.")
    }

    @OptionGroup
    var limit: LimitOption

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        try await session.list(WebhookSubscription.self, of: .registry, "/v1/webhooks", [:], limit: limit.count)
    }
}
