import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan talent set KEY major=化学`
struct RecordSet<Tag: RecordKindTag>: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "set",
            abstract: "Change fields of a record from a day on, or correct them.",
            discussion: """
                An empty value takes a field away: major=. The fields that are not named stay. --begins alone corrects \
                the day on which the record begins. Telephones, numbers of \
                documents and the like are better given by --file - than as arguments, which stand in the history of \
                the shell.
                """
        )
    }

    @Argument(help: "The key of the record.", completion: .recordKeys(of: Tag.kind))
    var key: String

    @Argument(
        help: ArgumentHelp("Fields and their new values.", valueName: "field=value"),
        completion: .fieldValues(of: Tag.kind)
    )
    var values: [FieldArgument] = []

    @Option(
        help: "A JSON object of fields and values, - for standard input; arguments go before it.",
        completion: .file(extensions: ["json"])
    )
    var file: String?

    @OptionGroup
    var change: ChangeOptions

    @Option(
        help: ArgumentHelp(
            "The day on which the record begins, where that was wrong; needs --reason.",
            valueName: "day"
        )
    )
    var begins: CivilDate?

    @OptionGroup
    var ground: GroundOptions

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func validate() throws {
        if values.isEmpty, file == nil, begins == nil { throw ValidationError("Give field=value, --file or --begins.") }
        if (ground.reason ?? "").isEmpty {
            if change.correct { throw ValidationError("--correct needs --reason.") }
            if begins != nil { throw ValidationError("--begins needs --reason.") }
        }
    }

    func run(in session: Session) async throws {
        var attributes: [String: AttributeValue?] = [:]
        if let file { attributes = try AttributesFile.read(file) }
        attributes.merge(values.attributes) { $1 }
        let patch = RecordPatch(
            from: change.from,
            isCorrection: change.correct || begins != nil ? true : nil,
            begins: begins,
            reason: ground.reason,
            source: ground.document,
            attributes: attributes
        )
        let held = try await Registrar(session).hold(key, of: Tag.kind)
        let reply: HTTPReply<Answer<KindRecord<Tag>>> = try await held.client.patch(
            Registrar.path(Tag.kind, key),
            body: patch
        )
        try await session.show(reply.body)
    }
}
