import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan talent history KEY`
struct RecordHistory<Tag: RecordKindTag>: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "history",
            abstract: "Print the history of a record's fields: who, when, old, new, why, and from what."
        )
    }

    @Argument(help: "The key of the record; withdrawn ones have a history too.", completion: .recordKeys(of: Tag.kind))
    var key: String

    @Option(help: "Only this field.", completion: .fields(of: Tag.kind))
    var field: String?

    @OptionGroup
    var moment: HistoryMoment

    @Option(help: ArgumentHelp("Show fields about a person too: what for.", valueName: "text"))
    var purpose: String?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        var query = moment.query
        query.set("field", field)
        query.set("purpose", purpose)
        let registrar = try Registrar(session)
        let steps: [Answer<FieldStep<Tag>>] = try await registrar.client.get(
            "\(Registrar.path(key))/history",
            query: query
        )
        guard session.console.format == .table else { return try session.console.list(answers: steps) }
        let model = try await registrar.model()
        var words = try await registrar.words(
            for: steps.flatMap(\.value.values),
            of: model.fields(of: Tag.kind)
        )
        words.model = model
        try session.console.tableOrRemark(steps.map { FieldStep<Tag>(change: $0.value.change, words: words) })
    }
}

/// Which part of a history is asked for.
struct HistoryMoment: ParsableArguments {
    @Option(help: "Only what was known at this instant, or at the end of this day (UTC).")
    var asOf: Instant?

    @Option(help: ArgumentHelp("Only what was said of this day.", valueName: "day"))
    var validAt: CivilDate?

    var query: Query { ["asOf": asOf?.description, "validAt": validAt?.isoText] }
}
