import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan operation list`
struct OperationList: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list",
            abstract: "List your operations, newest first; everybody's if you may see jobs."
        )
    }

    @Option(help: "Only those in this state.")
    var state: OperationRecord.State?

    @Option(help: "Only those of this user.")
    var requestedBy: String?

    @OptionGroup
    var limit: LimitOption

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let query: Query = ["state": state?.rawValue, "requestedBy": requestedBy]
        try await session.list(OperationRecord.self, of: .reports, "/v1/operations", query, limit: limit.count)
    }
}
