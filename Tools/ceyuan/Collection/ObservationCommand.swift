import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan observation`: the values.
struct ObservationCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "observation",
            abstract: "See the values of indicators.",
            subcommands: [ObservationList.self]
        )
    }
}

/// `ceyuan observation list`
struct ObservationList: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list",
            abstract: "List values, as they are known now or were known then."
        )
    }

    @Option(help: ArgumentHelp("Only those of this indicator.", valueName: "code"))
    var indicator: String?

    @Option(help: ArgumentHelp("Only those of this region.", valueName: "code"))
    var region: String?

    @Option(help: "Only those of this period: 2020, 2020-Q3, 2020-05, …")
    var period: Period?

    @Option(help: "Only those of this dataset.")
    var dataset: String?

    @Option(help: "Only those that this batch brought.")
    var batch: Int64?

    @Option(help: "As they were known at this instant, or at the end of this day (UTC).")
    var asOf: Instant?

    @Flag(help: "All revisions, not only the current values.")
    var history = false

    @OptionGroup
    var limit: LimitOption

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let query: Query = [
            "indicator": indicator, "region": region, "period": period?.description, "dataset": dataset,
            "batch": batch.map { String($0) }, "asOf": asOf?.description, "history": history ? "true" : nil,
        ]
        try await session.list(Observation.self, of: .ingest, "/v1/observations", query, limit: limit.count)
    }
}
