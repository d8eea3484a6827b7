import ArgumentParser
import DomainModel
import LocalPostgres

/// `ceyuan local down`
struct LocalDown: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "down",
            abstract: "Stop the private PostgreSQL; its data are kept."
        )
    }

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let cluster = try LocalHome().cluster
        try await cluster.down()
        try session.console.show(ClusterReport(try await cluster.status()))
    }
}
