import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan record-model add-field talent x_room --zh 房间 --en Room`
struct RecordModelAddField: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "add-field",
            abstract: "Add a field to a kind of record; it cannot be changed afterwards."
        )
    }

    @Argument(help: "The kind of record: talent, enterprise, …")
    var kind: RegistryKind

    @Argument(help: "The code of the field: x_ and then small letters, digits and underscores.")
    var code: String

    @Option(help: "What it is called in Chinese.")
    var zh: String

    @Option(help: "What it is called in English.")
    var en: String

    @Option(help: "What it holds.")
    var type: FieldType = .text

    @Option(help: ArgumentHelp("The vocabulary of a term.", valueName: "code"))
    var vocabulary: String?

    @Option(
        name: .customLong("choice"),
        help: ArgumentHelp("One value of a choice; give the option once for each.", valueName: "code=zh=en")
    )
    var choices: [ChoiceArgument] = []

    @Option(help: "The kind of an identifier.")
    var identifier: IdentifierKind?

    @Option(help: "The unit of a number.")
    var unit: String?

    @Option(help: "The least number.")
    var minimum: ExactDecimal?

    @Option(help: "The greatest number.")
    var maximum: ExactDecimal?

    @Option(help: "The most characters of a text.")
    var length: Int = FieldDefinition.usualLength

    @Option(help: "A regular expression that the whole text matches.")
    var pattern: String?

    @Flag(help: "It holds a list.")
    var many = false

    @Option(help: "Who sees it.")
    var privacy: PrivacyClass = .internal

    @Option(help: "What asks for it: a requirement, or a document.")
    var source: String

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let field = FieldDefinition(
            code,
            zh,
            en,
            type,
            of: vocabulary,
            choices: choices.map(\.choice),
            identifier: identifier,
            unit: unit,
            range: (minimum, maximum),
            maximumLength: length,
            pattern: pattern,
            isMany: many,
            privacy: privacy,
            source: source
        )
        try session.console.show(
            try await session.client(of: .registry).post(
                "/v1/record-model/fields",
                body: FieldOrder(kind: kind, field: field),
                as: Answer<FieldDefinition>.self
            )
        )
    }
}

/// `code=zh=en` of a command line.
struct ChoiceArgument: ExpressibleByArgument {
    let choice: FieldDefinition.Choice

    init?(argument: String) {
        let parts = argument.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, FieldDefinition.isCode(parts[0]) else { return nil }
        choice = FieldDefinition.Choice(parts[0], parts[1], parts[2])
    }
}
