import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan count measures`
struct CountMeasures: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "measures", abstract: "List the measures that the registry counts.")
    }

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client(of: .registry)
        try session.console.list(
            answers: try await client.get("/v1/counting-rules", as: [Answer<CountableMeasure>].self)
        )
    }
}
