import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan access`: why somebody may do something.
struct AccessCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "access",
            abstract: "Tell why somebody may do something, or why not.",
            subcommands: [AccessExplain.self]
        )
    }
}

/// `ceyuan access explain`
struct AccessExplain: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "explain",
            abstract: "Tell whether somebody may do something, with every grant and what it has to do with it.",
            discussion: "Exit code 0: they may; 1: they may not."
        )
    }

    @Option(help: "Who.")
    var principal: String

    @Option(help: "What: the name of a permission, such as registry.read.")
    var permission: String

    @Option(help: "Where: the code of a region.")
    var region: String?

    @Option(help: "Where: a record, as KIND/ID: record, plan, target, observation, assessment, edition.")
    var record: String?

    @Option(help: "By which of their tokens: its number.")
    var token: Int64?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let query: Query = [
            "principal": principal, "permission": permission, "region": region, "record": record,
            "token": token.map(String.init),
        ]
        let answer = try await session.client(of: .registry)
            .get("/v1/access/explanation", query: query, as: Answer<AccessExplanation>.self)
        try session.console.show(explanation: answer)
        if !answer.value.isAllowed { throw ExitCode(.refused) }
    }
}
