import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan webhook test ID`
struct WebhookTest: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "test", abstract: "Send a test event now, and print what came of it.")
    }

    @Argument(help: "The number of the subscription.")
    var id: Int64

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client(of: .registry)
        let answer = try await client.post("/v1/webhooks/\(id)/test", as: Answer<WebhookAttempt>.self)
        try session.console.show(answer)
        if answer.value.outcome != .delivered { throw ExitCode(.refused) }
    }
}
