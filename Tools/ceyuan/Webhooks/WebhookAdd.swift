import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan webhook add URL`
struct WebhookAdd: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "add", abstract: "Subscribe an address; the secret is printed this once.")
    }

    @Argument(help: "Where events are sent: an https address.")
    var address: String

    @Option(
        help: ArgumentHelp(
            "Only events of this type; ceyuan.batch.* for all of them. May be repeated.",
            valueName: "type"
        )
    )
    var type: [String] = []

    @Option(help: "What it is for.")
    var description: String?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let order = Order(url: address, types: type.isEmpty ? nil : type, description: description)
        let answer: Answer<NewWebhook> = try await session.client(of: .registry)
            .post("/v1/webhooks", body: order)
        try session.console.show(
            answer,
            ifAnsweredBefore: LocalizedText(
                zh: "请求已处理过，密钥不再显示：请删除后重新订阅。",
                en: "The request was answered before, and the secret is not shown again: remove, then add anew."
            )
        )
    }

    /// What is sent to subscribe.
    private struct Order: Encodable {
        let url: String
        let types: [String]?
        let description: String?
    }
}
