import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan rule compare RUN`
struct RuleCompare: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "compare",
            abstract: "Say who gains, who loses and whose grounds are others between two runs, and why.",
            discussion: "`ceyuan rule run --trial` makes a run that changes nothing, to compare with what stands."
        )
    }

    @Argument(help: "The number of the later run.")
    var run: Int64

    @Option(help: ArgumentHelp("The earlier run; the last one that stood before by default.", valueName: "run"))
    var before: Int64?

    @Option(help: "Only such differences: gained, lost or regrounded.")
    var change: RuleChange.Change?

    @Option(help: "Only conclusions of this sort: tier, stage, title, expiry or warning.")
    var sort: DerivedFact.Sort?

    @Option(help: "Only this conclusion.")
    var term: String?

    @Flag(help: "Print how many there are of each, and not who.")
    var summary = false

    @OptionGroup
    var limit: LimitOption

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let path = "/v1/rule-runs/\(run)"
        var query: Query = ["before": before.map { String($0) }]
        if summary {
            let client = try session.client(of: .registry)
            let difference = try await client.get("\(path)/difference", query: query, as: RuleDifference.self)
            return try await session.list(difference.parts.map { DifferenceRow(part: $0) })
        }
        query.set("change", change?.rawValue)
        query.set("sort", sort?.rawValue)
        query.set("term", term)
        try await session.list(ChangeRow.self, of: .registry, "\(path)/changes", query, limit: limit.count)
    }
}
