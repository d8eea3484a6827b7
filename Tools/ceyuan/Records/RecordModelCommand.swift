import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan record-model`: what records may hold.
struct RecordModelCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "record-model",
            abstract: "Show what records may hold, and add fields.",
            subcommands: [RecordModelShow.self, RecordModelAddField.self],
            defaultSubcommand: RecordModelShow.self
        )
    }
}

/// `ceyuan record-model [KIND]`
struct RecordModelShow: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show",
            abstract: "Show the fields of a kind and what can be said about it; without a kind, the kinds."
        )
    }

    @Argument(help: "The kind of record: talent, enterprise, …")
    var kind: RegistryKind?

    @OptionGroup
    var belief: BeliefOption

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let query: Query = ["asOf": belief.asOf?.description]
        let answer: Answer<ModelAnswer> = try await session.client(of: .registry).get("/v1/record-model", query: query)
        let (console, model) = (session.console, answer.value.model)
        guard let kind else {
            if console.format == .json { return try console.write(try JSONText.document(answer.json)) }
            let summaries = answer.value.kinds.map { kind in
                KindSummary(kind, statements: model.statements.count { $0.subjects.contains(kind.kind) })
            }
            return try console.list(summaries)
        }
        let fields = model.fields(of: kind)
        let statements = model.statements.filter { $0.subjects.contains(kind) }
        switch console.format {
        case .json: try console.write(try JSONText.document(KindModel(fields: fields, statements: statements)))
        case .csv: try console.list(fields)
        case .table:
            try console.line(console.styled(console("字段", "Fields"), .bold))
            try console.table(fields)
            try console.line()
            try console.line(console.styled(console("可作陈述", "What can be said"), .bold))
            try console.table(statements)
        }
    }
}

/// What the records of one kind may hold.
private struct KindModel: Encodable {
    let fields: [FieldDefinition]
    let statements: [StatementDefinition]
}

/// One kind in a list of kinds.
struct KindSummary: Listed {
    let kind: RegistryKind
    let title: LocalizedText
    let fields: Int
    let statements: Int

    init(_ kind: ModelAnswer.Kind, statements: Int) {
        (self.kind, title, fields) = (kind.kind, kind.title, kind.fields.count)
        self.statements = statements
    }

    static var listing: [Column<KindSummary>] {
        [.code("kind", "类型", "kind") { $0.kind.rawValue }]
            + Column.localized("name", "名称", "name") { $0.title }
            + [
                .code("command", "命令", "command") { "ceyuan \($0.kind.command)" },
                .number("fields", "字段数", "fields") { $0.fields },
                .number("statements", "陈述类型数", "statements") { $0.statements },
            ]
    }
}
