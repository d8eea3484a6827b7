import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan count show ID`
struct CountShow: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: "Print the values of an earlier counting.")
    }

    @Argument(help: "The number of the counting.")
    var id: Int64

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client(of: .registry)
        let counted = try await client.get("/v1/counts/\(id)", as: CountedMeasure.self)
        try await session.list(counted.values.map { CountRow(tally: counted.tally, count: $0) })
    }
}
