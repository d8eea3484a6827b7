import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan webhook rotate ID`
struct WebhookRotate: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "rotate",
            abstract: "Give a subscription another secret; the former one signs beside it for a while.",
            discussion: """
                Give the new secret to the receiver within that time: until then each message carries two signatures, \
                and either secret verifies it. With --overlap-hours 0 a secret that leaked signs nothing more.
                """
        )
    }

    @Argument(help: "The number of the subscription.")
    var id: Int64

    @Option(help: "For how many hours the former secret signs as well: 0 to 720.")
    var overlapHours = 24

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let answer: Answer<NewWebhook> = try await session.client(of: .registry)
            .post("/v1/webhooks/\(id)/rotate", body: ["overlapHours": overlapHours])
        try session.console.show(
            answer,
            ifAnsweredBefore: LocalizedText(
                zh: "请求已处理过，密钥不再显示：请再更换一次。",
                en: "The request was answered before, and the secret is not shown again: rotate once more."
            )
        )
    }
}
