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

    @Option(
        defaultAsFlag: ServiceRoleName.all,
        help: ArgumentHelp(
            "The address for services, whose roles are bound by row-level security; else that of the owner.",
            discussion: "With a name only that service's: its role may touch the schemas that it declares.",
            valueName: "name"
        )
    )
    var service: ServiceRoleName?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let endpoint = try await LocalHome().runningEndpoint()
        try session.console.line(endpoint.connectionString(user: service?.role))
    }
}
