import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan lookup FIELD`
struct RecordLookupCommand: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "lookup",
            abstract: "Find the records that have exactly one telephone, number of a document, …",
            discussion: """
                The value is asked for, or read as one line from standard input, so that it stands in no history of the \
                shell; it may be written in any way. The search is recorded.
                """
        )
    }

    @Argument(
        help: "The field: resident_id, passport, telephone, mail, …; of statements permit.number.",
        completion: .list(RecordLookupCommand.fields)
    )
    var field: String

    @Option(help: "Only records of this kind.")
    var kind: RegistryKind?

    @Option(help: "What for.")
    var purpose: String?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    private static var fields: [String] {
        let own = RegistryKind.allCases.flatMap { RecordModel.standard.fields(of: $0) }
            .filter { $0.privacy == .sealed }.map(\.code)
        let said = RecordModel.standard.statements.flatMap { statement in
            statement.fields.filter { $0.privacy == .sealed }.map { "\(statement.code).\($0.code)" }
        }
        return Set(own + said).sorted()
    }

    func run(in session: Session) async throws {
        let value = try SecretInput.line(
            session.console,
            zh: "输入 \(field) 的值（不回显），然后回车：",
            en: "Type the value of \(field) (it is not shown), then Return:"
        )
        guard !value.isEmpty else {
            throw Failure(.usage, "VALUE_MISSING", zh: "没有输入值", en: "No value was given")
        }
        let question = RecordLookup(field: field, value: value, kind: kind, purpose: purpose)
        let found = try await session.client(of: .registry)
            .post("/v1/record-lookup", body: question, as: [Answer<FoundRow>].self)
        try await session.list(answers: found)
    }
}
