import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan report list`
struct ReportList: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: "List the editions of reports, newest first.")
    }

    @Option(help: ArgumentHelp("Only those of this plan.", valueName: "code"))
    var plan: String?

    @OptionGroup
    var limit: LimitOption

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        try await session.list(Edition.self, of: .reports, "/v1/editions", ["plan": plan], limit: limit.count)
    }
}
