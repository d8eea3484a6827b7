import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan batch conflicts ID`
struct BatchConflicts: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "conflicts",
            abstract: "List what is wrong with the file of a batch, in the order of the file."
        )
    }

    @Argument(help: "The number of the batch.")
    var id: Int64

    @OptionGroup
    var limit: LimitOption

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        try await session.list(Conflict.self, of: .ingest, "/v1/batches/\(id)/conflicts", [:], limit: limit.count)
    }
}
