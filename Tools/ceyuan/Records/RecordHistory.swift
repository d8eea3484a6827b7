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

    @Option(help: ArgumentHelp("Show fields about a person too: what for.", valueName: "text"))
    var purpose: String?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let steps: [Answer<FieldChange>] = try await session.client(of: .registry)
            .get("\(Registrar.path(key))/history", query: ["field": field, "purpose": purpose])
        try session.console.list(answers: steps)
    }
}

extension FieldChange: Listed {
    static var listing: [Column<FieldChange>] {
        Column.instant("recorded_at", "记录时间", "recorded at") { $0.recorded.at } + [
            .text("recorded_by", "记录人", "by") { $0.recorded.principal },
            .code("field", "字段", "field") { $0.field },
            .text("old", "旧值", "old") { $0.isMasked ? RecordSheet.mask : $0.old?.spelling },
            .text("new", "新值", "new") { $0.isMasked ? RecordSheet.mask : $0.new?.spelling },
            .code("from", "自", "from") { $0.from?.isoText },
            .code("step", "方式", "step") { $0.isCorrection ? "correction" : "change" },
            .text("reason", "原因", "why") { $0.recorded.reason },
            .text("source", "出处", "source") { $0.recorded.source.map { "\($0.file) \($0.locator)" } },
            .number("batch", "批次", "batch") { $0.recorded.batch },
        ]
    }
}
