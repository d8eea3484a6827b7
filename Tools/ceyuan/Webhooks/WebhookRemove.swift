import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan webhook remove ID`
struct WebhookRemove: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "remove", abstract: "Unsubscribe; what was still to be sent is gone.")
    }

    @Argument(help: "The number of the subscription.")
    var id: Int64

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        try await session.client(of: .registry).delete("/v1/webhooks/\(id)")
        session.console.remark(session.console("已取消订阅 \(id)。", "Subscription \(id) is removed."))
    }
}
