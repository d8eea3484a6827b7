import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan region list`
struct ReferenceList<Kind: ReferenceKind>: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: "List \(Kind.summary).")
    }

    @OptionGroup(title: "Only those with")
    var filters: Kind.Filters

    @OptionGroup
    var limit: LimitOption

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        try await session.list(
            Kind.Record.self,
            of: Kind.service,
            "/v1/\(Kind.resource)",
            filters.query,
            limit: limit.count
        )
    }
}

/// How many records a list prints.
struct LimitOption: ParsableArguments {
    @Option(help: "The most records to print; 0 for all.")
    var limit = 1_000

    /// `nil` for all.
    var count: Int? { limit == 0 ? nil : limit }

    func validate() throws {
        if limit < 0 { throw ValidationError("--limit must be 0 or more.") }
    }
}
