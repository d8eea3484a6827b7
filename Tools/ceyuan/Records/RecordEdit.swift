import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan talent edit KEY`
struct RecordEdit<Tag: RecordKindTag>: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "edit",
            abstract: "Change a record in $VISUAL or $EDITOR.",
            discussion: """
                Where somebody else changed the record meanwhile, both changes are brought together field by field; \
                fields that both changed come back into the editor. What was written and not taken is kept in a \
                file, and its path is told.
                """
        )
    }

    @Argument(help: "The key of the record.", completion: .recordKeys(of: Tag.kind))
    var key: String

    @OptionGroup
    var change: ChangeOptions

    @OptionGroup
    var ground: GroundOptions

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func validate() throws {
        if change.correct, (ground.reason ?? "").isEmpty { throw ValidationError("--correct needs --reason.") }
    }

    func run(in session: Session) async throws {
        let registrar = try Registrar(session)
        let held = try await registrar.hold(key, of: Tag.kind)
        let fields = try await registrar.model().fields(of: Tag.kind)
        var editing = RecordEditing(
            held.record,
            EditText(fields: fields, language: session.console.language),
            session.console,
            draft: try DraftFile(named: held.record.key)
        )
        let (change, ground) = (change, ground)
        var holder = held
        let saved = try await editing.run(
            save: { attributes in
                let patch = RecordPatch(
                    from: change.from,
                    isCorrection: change.correct ? true : nil,
                    reason: ground.reason,
                    source: ground.document,
                    attributes: attributes
                )
                let reply: HTTPReply<Answer<KindRecord<Tag>>> = try await holder.client.patch(
                    Registrar.path(Tag.kind, key),
                    body: patch
                )
                return reply.body
            },
            again: {
                holder = try await registrar.hold(key, of: Tag.kind)
                return holder.record
            }
        )
        if let saved { try await session.show(saved) }
    }
}
