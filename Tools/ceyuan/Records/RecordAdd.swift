import ArgumentParser
import DomainModel
import FoundationEssentials
import PlatformClient

/// `ceyuan talent add name_zh=林致远 region=330110`
struct RecordAdd<Tag: RecordKindTag>: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "add",
            abstract: "Make a record.",
            discussion: """
                A field that holds many values is given once for each of them. \
                ceyuan record-model \(Tag.kind.rawValue) shows the fields. Telephones, numbers of documents and the like \
                are better given by --file - than as arguments, which stand in the history of the shell.
                """
        )
    }

    @Argument(
        help: ArgumentHelp("Fields and their values.", valueName: "field=value"),
        completion: .fieldValues(of: Tag.kind)
    )
    var values: [FieldArgument] = []

    @Option(help: "The key of the record; without it the registry makes one.")
    var key: String?

    @Option(help: ArgumentHelp("The first day on which this holds; by default not known.", valueName: "day"))
    var from: CivilDate?

    @Option(
        help: "A JSON object of fields and values, - for standard input; arguments go before it.",
        completion: .file(extensions: ["json"])
    )
    var file: String?

    @OptionGroup
    var ground: GroundOptions

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        var attributes: [String: AttributeValue?] = [:]
        if let file { attributes = try AttributesFile.read(file) }
        attributes.merge(values.attributes) { $1 }
        let order = RecordOrder(
            key: key,
            from: from,
            reason: ground.reason,
            source: ground.document,
            attributes: attributes.filter { $0.value != nil }
        )
        try await session.show(
            try await session.client(of: .registry).post(Tag.kind.path, body: order, as: Answer<KindRecord<Tag>>.self)
        )
    }
}

/// Fields and values of a JSON file.
enum AttributesFile {
    /// Longer files are of records, not of one.
    private static let limit = 4 << 20

    /// - Throws: ``Failure`` when the file cannot be read or is no such object.
    static func read(_ path: String) throws -> [String: AttributeValue?] {
        let text = try TextFile.read(path == "-" ? "/dev/stdin" : path, atMost: limit)
        do {
            return try JSONDecoder().decode([String: AttributeValue?].self, from: Data(text.utf8))
        } catch {
            throw Failure(
                .refused,
                "FILE_NOT_ATTRIBUTES",
                zh: "\(path) 不是“字段—值”的 JSON 对象",
                en: "\(path) is no JSON object of fields and values",
                hint: LocalizedText(
                    zh: "值应为文字、整数、true、false 或其数组；小数写作文字，例如 \"12.5\"",
                    en:
                        "A value is a text, a whole number, true, false, or an array; decimals are texts such as \"12.5\""
                )
            )
        }
    }
}
