import ArgumentParser
import DomainModel
import LocalPostgres

/// `ceyuan local up`
struct LocalUp: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "up",
            abstract: "Make the private PostgreSQL if it is absent, and start it if it is stopped."
        )
    }

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let cluster = try LocalHome().cluster
        let before = try await cluster.status()
        if before.state == .absent {
            session.console.remark(session.console("首次启动，正在初始化……", "Making the cluster, for the first time …"))
        }
        try await cluster.up()
        try session.console.show(ClusterReport(try await cluster.status()))
    }
}
