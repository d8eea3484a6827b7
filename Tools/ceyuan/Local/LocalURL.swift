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

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        try session.console.line(try await LocalHome().runningEndpoint().connectionString)
    }
}
