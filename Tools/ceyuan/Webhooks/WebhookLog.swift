import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan webhook log ID`
struct WebhookLog: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "log", abstract: "Print the delivery log of a subscription, newest first.")
    }

    @Argument(help: "The number of the subscription.")
    var id: Int64

    @Option(help: "Only attempts of this outcome.")
    var outcome: WebhookAttempt.Outcome?

    @OptionGroup
    var limit: LimitOption

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let query: Query = ["outcome": outcome?.rawValue]
        try await session.list(
            WebhookAttempt.self,
            of: .registry,
            "/v1/webhooks/\(id)/attempts",
            query,
            limit: limit.count
        )
    }
}
