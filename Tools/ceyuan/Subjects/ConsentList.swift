import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan consent list KEY`
struct ConsentList: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: "List the grounds of a person, the newest first.")
    }

    @Argument(help: "The key of the person's record.", completion: .recordKeys(of: .talent))
    var key: String

    @Option(help: ArgumentHelp("Only those for this purpose.", valueName: "code"))
    var purpose: String?

    @OptionGroup
    var moment: MomentOptions

    @OptionGroup
    var limit: LimitOption

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let path = "\(Registrar.path(key))/consents"
        let query: Query = [
            "purpose": purpose, "asOf": moment.asOf?.description, "validAt": moment.validAt?.isoText,
        ]
        try await session.list(Consent.self, of: .registry, path, query, limit: limit.count)
    }
}

/// `ceyuan consent check KEY --purpose CODE`
struct ConsentCheck: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "check",
            abstract: "Ask whether data about a person may be used for a purpose; exit code 1 says no."
        )
    }

    @Argument(help: "The key of the person's record.", completion: .recordKeys(of: .talent))
    var key: String

    @Option(help: ArgumentHelp("What for.", valueName: "code"))
    var purpose: String

    @Option(help: ArgumentHelp("When; now unless given.", valueName: "instant"))
    var at: Instant?

    @Option(help: ArgumentHelp("One field; the whole record unless given.", valueName: "code"))
    var field: String?

    @OptionGroup
    var belief: BeliefOption

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let query: Query = [
            "purpose": purpose, "at": at?.description, "field": field, "asOf": belief.asOf?.description,
        ]
        let path = "\(Registrar.path(key))/consents/answer"
        let answer: Answer<ConsentAnswer> = try await session.client(of: .registry).get(path, query: query)
        try session.console.show(answer)
        if !answer.value.isCovered { throw ExitCode(.refused) }
    }
}
