import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan duplicate list --state open`
struct DuplicateList: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list",
            abstract: "List pairs of records that may be one, the likeliest first."
        )
    }

    @Option(help: "Only records of this kind.")
    var kind: RegistryKind?

    @Option(help: "Only those in this state: open, later, different, merged.")
    var state: DuplicateCandidate.State = .open

    @Flag(help: "Those in any state.")
    var all = false

    @Option(help: ArgumentHelp("Only those of which one lies in this region.", valueName: "code"))
    var region: String?

    @Option(help: ArgumentHelp("Only those with this record.", valueName: "key"))
    var record: String?

    @Option(help: ArgumentHelp("Only those at least so likely, in percent.", valueName: "number"))
    var minimum: Int?

    @OptionGroup
    var moment: MomentOptions

    @OptionGroup
    var limit: LimitOption

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let query: Query = [
            "kind": kind?.rawValue, "state": all ? nil : state.rawValue, "region": region, "record": record,
            "minimum": minimum.map(String.init), "asOf": moment.asOf?.description,
            "validAt": moment.validAt?.isoText,
        ]
        try await session.list(DuplicateCandidate.self, of: .registry, "/v1/duplicates", query, limit: limit.count)
    }
}
