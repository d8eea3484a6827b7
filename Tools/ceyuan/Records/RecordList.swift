import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan talent list`
struct RecordList<Tag: RecordKindTag>: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list",
            abstract: "List records, by key.",
            discussion: FilterArgument.discussion
        )
    }

    @Option(
        name: .customLong("filter"),
        parsing: .singleValue,
        help: ArgumentHelp("Only those whose field compares so; may be repeated.", valueName: "field=value"),
        completion: .fieldValues(of: Tag.kind)
    )
    var filters: [FilterArgument] = []

    @Option(
        help: "The order: key, name, recorded or changed; a minus before it begins with the greatest: --sort=-changed.",
        completion: .list(["key", "name", "recorded", "changed", "-name", "-recorded", "-changed"])
    )
    var sort: String?

    @Option(
        help: ArgumentHelp("Only those that lie in this region or below it.", valueName: "code"),
        completion: .regions
    )
    var region: String?

    @Option(help: "Only those in this state: active or closed.", completion: .list(["active", "closed"]))
    var state: RecordState?

    @OptionGroup
    var moment: MomentOptions

    @OptionGroup
    var limit: LimitOption

    @Flag(help: "All of them: the same as --limit 0.")
    var all = false

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        var query: Query = [
            "region": region, "state": state?.rawValue, "asOf": moment.asOf?.description,
            "validAt": moment.validAt?.isoText, "sort": sort,
        ]
        for filter in filters { query.append("where", filter.comparison.text) }
        try await session.list(
            KindRecord<Tag>.self,
            of: .registry,
            Tag.kind.path,
            query,
            limit: all ? nil : limit.count
        )
    }
}
