import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan assess list`
struct AssessList: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: "List assessments, newest first.")
    }

    @Option(help: ArgumentHelp("Only those of this plan.", valueName: "code"))
    var plan: String?

    @OptionGroup
    var limit: LimitOption

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        try await session.list(Assessment.self, of: .reports, "/v1/assessments", ["plan": plan], limit: limit.count)
    }
}
