import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan region show CODE`
struct ReferenceShow<Kind: ReferenceKind>: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: "Print one of the \(Kind.summary).", aliases: ["get"])
    }

    @Argument(help: ArgumentHelp(stringLiteral: Kind.codeHelp))
    var code: String

    @OptionGroup
    var moment: Kind.Moment

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client(of: Kind.service)
        let path = "/v1/\(Kind.resource)/\(Kind.path(of: code))"
        try session.console.show(try await client.get(path, query: moment.query, as: Answer<Kind.Record>.self))
    }
}
