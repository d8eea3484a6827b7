import ArgumentParser

/// `ceyuan webhook`: tell other programs of events, and see how that goes.
struct WebhookCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "webhook",
            abstract: "Tell other programs of events, and see how that goes.",
            subcommands: [
                WebhookAdd.self, WebhookList.self, WebhookShow.self, WebhookLog.self, WebhookTest.self,
                WebhookPause.self, WebhookResume.self, WebhookReplay.self, WebhookSkip.self, WebhookRotate.self,
                WebhookRemove.self,
            ]
        )
    }
}
