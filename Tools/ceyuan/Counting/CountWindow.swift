import ArgumentParser
import DomainModel
import PlatformClient

/// What is counted, and which of it is shown.
struct CountWindow: ParsableArguments {
    @Option(help: "The period: 2024, 2024-Q3, 2024-05. Stocks are counted on its last day.")
    var period: Period

    @Option(help: ArgumentHelp("As the registry was at this instant.", valueName: "instant"))
    var asOf: Instant?

    @Option(help: ArgumentHelp("Only this region. May be repeated.", valueName: "code"))
    var region: [String] = []

    @Flag(help: "Show regions of which nothing was counted too.")
    var zeros = false

    /// Counts the measures in one request; all of them if none is named.
    func count(_ measures: [String], in session: Session) async throws -> [CountedMeasure] {
        let client = try session.client(of: .registry)
        let order = CountOrder(measures: measures.isEmpty ? nil : measures, period: period, asOf: asOf)
        return try await client.post("/v1/counts", body: order, as: [CountedMeasure].self)
    }

    /// The values that are asked for.
    func rows(of counted: CountedMeasure) -> [CountRow] {
        counted.values
            .filter { region.isEmpty ? zeros || $0.records > 0 || ($0.whole ?? 0) > 0 : region.contains($0.region) }
            .map { CountRow(tally: counted.tally, count: $0) }
    }
}
