import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan job list`
struct JobList: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: "List jobs, newest first.")
    }

    @Option(help: "Only those of this kind.")
    var kind: String?

    @Option(help: "Only those in this state.")
    var state: JobRecord.State?

    @OptionGroup
    var limit: LimitOption

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let query: Query = ["kind": kind, "state": state?.rawValue]
        try await session.list(JobRecord.self, of: .registry, "/v1/jobs", query, limit: limit.count)
    }
}
