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
        let steps: [Answer<FieldChange>] = try await session.client(of: .registry)
            .get("\(Registrar.path(key))/history", query: query)
        try session.console.list(answers: steps)
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

extension FieldChange: Listed {
    static var listing: [Column<FieldChange>] {
        let step = Column<FieldChange>.word(
            "step",
            "方式",
            "step",
            code: { $0.isCorrection ? "correction" : "change" },
            called: {
                $0.isCorrection ? LocalizedText(zh: "更正", en: "correction") : LocalizedText(zh: "变更", en: "change")
            }
        )
        return Column.instant("recorded_at", "记录时间", "recorded at") { $0.recorded.at } + [
            .text("recorded_by", "记录人", "by") { $0.recorded.principal },
            .code("field", "字段", "field") { $0.field },
            .text("old", "旧值", "old") { $0.isMasked ? RecordSheet.mask : $0.old?.spelling },
            .text("new", "新值", "new") { $0.isMasked ? RecordSheet.mask : $0.new?.spelling },
            .code("from", "自", "from") { $0.from?.isoText },
        ] + step + [
            .text("reason", "原因", "why") { $0.recorded.reason },
            .text("source", "出处", "source") { $0.recorded.source.map { "\($0.file) \($0.locator)" } },
            .number("batch", "批次", "batch") { $0.recorded.batch },
        ]
    }
}
