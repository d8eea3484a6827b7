import ArgumentParser
import DomainModel
import LocalPostgres

/// `ceyuan local status`
struct LocalStatus: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "status",
            abstract: "Tell whether the private PostgreSQL runs; exit code 1 says that it does not."
        )
    }

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let status = try await LocalHome().cluster.status()
        try session.console.show(ClusterReport(status))
        if status.state != .running { throw ExitCode(.refused) }
    }
}
