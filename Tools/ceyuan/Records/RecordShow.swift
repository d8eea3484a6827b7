import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan talent show KEY`
struct RecordShow<Tag: RecordKindTag>: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show",
            abstract: "Print a record with all that is said about it and all that leads to it.",
            discussion: """
                Fields about a person are left out or masked unless --purpose says what for; the reading is recorded, \
                and so many a minute are allowed. An end \
                is the first day on which something holds no longer.
                """
        )
    }

    @Argument(help: "The key of the record.", completion: .recordKeys(of: Tag.kind))
    var key: String

    @OptionGroup
    var moment: MomentOptions

    @Option(help: ArgumentHelp("Show fields about a person too: what for.", valueName: "text"))
    var purpose: String?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let (registrar, console) = (try Registrar(session), session.console)
        let query: Query = [
            "asOf": moment.asOf?.description, "validAt": moment.validAt?.isoText, "purpose": purpose,
        ]
        let answer: Answer<RecordPage> = try await registrar.client.get("\(Registrar.path(key))/page", query: query)
        let (page, json) = (answer.value, answer.json)
        guard page.record.kind == Tag.kind else { throw Failure.otherKind(page.record) }
        if page.record.key != key {
            console.remark(console("\(key) 已并入 \(page.record.key)。", "\(key) is part of \(page.record.key)."))
        }
        switch console.format {
        case .json: try console.write(try JSONText.document(json))
        case .csv: try console.list([KindRecord<Tag>(page.record)])
        case .table:
            let standard = RecordModel.standard
            let model = page.needsMore(than: standard) ? try await registrar.model() : standard
            let words = try await registrar.words(for: page, model)
            try console.write(RecordSheet(page: page, model: model, words: words, console: console).text)
        }
    }
}

extension Failure {
    /// The key leads to a record of another kind.
    fileprivate static func otherKind(_ record: RegistryRecord) -> Failure {
        let command = "ceyuan \(record.kind.command) show \(record.key)"
        return Failure(
            .notFound,
            "RECORD_KIND_OTHER",
            zh: "\(record.key) 的类型是\(record.kind.title.zh)",
            en: "\(record.key) is of another kind: \(record.kind.title.en)",
            hint: LocalizedText(zh: command, en: command)
        )
    }
}
