import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan talent export -o FILE`
struct RecordExport<Tag: RecordKindTag>: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "export",
            abstract: "Save records as a file that can be imported as it is.",
            discussion: """
                Fields about a person are left out. A file that says who somebody is needs a purpose and a second person: \
                see ceyuan personal-export; one --without-names does not. The file is CSV unless its name ends in .ndjson \
                or .jsonl.

                \(FilterArgument.discussion)
                """
        )
    }

    @Option(name: .shortAndLong, help: "The file to write.", completion: .file(extensions: ["csv", "ndjson"]))
    var output: String

    @Option(
        name: .customLong("filter"),
        parsing: .singleValue,
        help: ArgumentHelp("Only those whose field compares so; may be repeated.", valueName: "field=value"),
        completion: .fieldValues(of: Tag.kind)
    )
    var filters: [FilterArgument] = []

    @Option(help: ArgumentHelp("Only those that lie in this region.", valueName: "code"), completion: .regions)
    var region: String?

    @Option(help: "Only those in this state: active or closed.", completion: .list(["active", "closed"]))
    var state: RecordState?

    @Flag(help: "Leave out names, and whatever else says which person it is.")
    var withoutNames = false

    @OptionGroup
    var moment: MomentOptions

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        var query: Query = [
            "region": region, "state": state?.rawValue, "asOf": moment.asOf?.description,
            "validAt": moment.validAt?.isoText,
        ]
        if withoutNames { query.append("withoutNames", "true") }
        for filter in filters { query.append("where", filter.comparison.text) }
        try await session.save("\(Tag.kind.path)/export", query, to: output)
    }
}

/// `ceyuan statement export TYPE -o FILE`
struct StatementExport: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "export",
            abstract: "Save the statements of one kind as a file that can be imported as it is."
        )
    }

    @Argument(help: "The kind: employment, title, …", completion: .list(RecordModel.standard.statements.map(\.code)))
    var type: String

    @Option(name: .shortAndLong, help: "The file to write.", completion: .file(extensions: ["csv", "ndjson"]))
    var output: String

    @Option(help: "As it was believed at this instant, or at the end of this day (UTC).")
    var asOf: Instant?

    @Option(help: ArgumentHelp("Only those that hold on this day.", valueName: "day"))
    var validAt: CivilDate?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let query: Query = ["type": type, "asOf": asOf?.description, "validAt": validAt?.isoText]
        try await session.save("/v1/statements/export", query, to: output)
    }
}

extension Session {
    /// Saves an export of the register; the name of the file says how it is written.
    fileprivate func save(_ path: String, _ query: Query, to file: String) async throws {
        let progress = Progress(console)
        defer { progress.clear() }
        let label = console("导出", "Exporting")
        var query = query
        if [".ndjson", ".jsonl"].contains(where: { file.lowercased().hasSuffix($0) }) {
            query.append("format", "ndjson")
        }
        try await client(of: .registry).download(path, query: query, to: file) {
            progress.show(label, $0, of: $1, unit: byteCount)
        }
        progress.clear()
        try console.line(file)
    }
}
