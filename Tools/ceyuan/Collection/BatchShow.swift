import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan batch show ID`
struct BatchShow: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show",
            abstract: "Print a batch with its receipt and first conflicts.",
            aliases: ["get"]
        )
    }

    @Argument(help: "The number of the batch.")
    var id: Int64

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let batch = try await session.client(of: .ingest).get("/v1/batches/\(id)", as: Answer<Batch>.self)
        try session.console.show(batch: batch)
    }
}
