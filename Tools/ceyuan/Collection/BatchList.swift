import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan batch list`
struct BatchList: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: "List batches, newest first.")
    }

    @Option(help: "Only those of this dataset.")
    var dataset: String?

    @Option(help: "Only those in this state.")
    var state: Batch.State?

    @OptionGroup
    var limit: LimitOption

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let query: Query = ["dataset": dataset, "state": state?.rawValue]
        try await session.list(Batch.self, of: .ingest, "/v1/batches", query, limit: limit.count)
    }
}
