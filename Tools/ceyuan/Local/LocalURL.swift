import ArgumentParser
import DomainModel
import LocalPostgres

/// `ceyuan local url`
struct LocalURL: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "url",
            abstract: "Print the address of the running database, as libpq and CEYUAN_DATABASE_URL take it."
        )
    }

    @Flag(help: "The address for services, whose role is bound by row-level security; else that of the owner.")
    var service = false

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let endpoint = try await LocalHome().runningEndpoint()
        try session.console.line(endpoint.connectionString(user: service ? "ceyuan_service" : nil))
    }
}
