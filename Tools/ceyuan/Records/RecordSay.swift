import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan talent say KEY employment --object E-1 --term full_time --share 0.5 --from 2024-01-01`
struct RecordSay<Tag: RecordKindTag>: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "say",
            abstract: "Say something about a record: a dated fact, or a relation to another record.",
            discussion: "ceyuan record-model \(Tag.kind.rawValue) shows what can be said."
        )
    }

    @Argument(help: "The key of the record.", completion: .recordKeys(of: Tag.kind))
    var key: String

    @Argument(
        help: "The kind of statement, such as \(Tag.kind.statements.first?.code ?? "").",
        completion: .list(Tag.kind.statements.map(\.code))
    )
    var type: String

    @OptionGroup
    var parts: StatementParts

    @Option(help: ArgumentHelp("The first day on which it holds; by default not known.", valueName: "day"))
    var from: CivilDate?

    @OptionGroup
    var ground: GroundOptions

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let registrar = try Registrar(session)
        // A key of another kind is a slip of the hand.
        _ = try await registrar.read(key, of: Tag.kind)
        let order = StatementOrder(
            type: type,
            object: parts.object,
            term: parts.term,
            share: parts.share,
            from: from,
            until: parts.until,
            attributes: parts.values.attributes.compactMapValues(\.self),
            reason: ground.reason,
            source: ground.document
        )
        try await session.show(
            try await registrar.client.post(
                "\(Registrar.path(key))/statements",
                body: order,
                as: Answer<ListedStatement>.self
            )
        )
    }
}

/// What a statement says beside its kind and its first day.
struct StatementParts: ParsableArguments {
    @Argument(
        help: ArgumentHelp("What else it says.", valueName: "field=value"),
        completion: .statementValues
    )
    var values: [FieldArgument] = []

    @Option(help: ArgumentHelp("The record that it leads to.", valueName: "key"))
    var object: String?

    @Option(help: ArgumentHelp("Its term, such as full_time.", valueName: "code"), completion: .statementTerms)
    var term: String?

    @Option(help: ArgumentHelp("Its share of a whole, above 0 and at most 1.", valueName: "decimal"))
    var share: ExactDecimal?

    @Option(help: ArgumentHelp("The first day on which it holds no longer.", valueName: "day"))
    var until: CivilDate?
}

extension RegistryKind {
    /// What can be said about records of the kind.
    var statements: [StatementDefinition] {
        RecordModel.standard.statements.filter { $0.subjects.contains(self) }
    }
}
