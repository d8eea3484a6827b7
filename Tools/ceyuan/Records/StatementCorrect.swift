import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan statement correct NUMBER --from DAY --reason TEXT`
struct StatementCorrect: PlatformCommand {
    /// A part of a statement that can be taken away.
    enum Part: String, CaseIterable, ExpressibleByArgument {
        case object
        case term
        case share
        case from
        case until
    }

    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "correct",
            abstract: "Say what should have been said from the beginning.",
            discussion: "What is not named stays as it was; an empty value takes a field away, --without a part."
        )
    }

    @Argument(help: "The number of the statement.")
    var number: Int64

    @OptionGroup
    var parts: StatementParts

    @Option(help: ArgumentHelp("The first day on which it holds.", valueName: "day"))
    var from: CivilDate?

    @Option(name: .customLong("without"), help: "Takes a part away; may be repeated.")
    var without: [Part] = []

    @Option(help: "Why.")
    var reason: String

    @Option(help: ArgumentHelp("The document that it is taken from.", valueName: "file"))
    var source: String?

    @Option(help: "The place in the document.")
    var locator: String?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client(of: .registry)
        let said: [RegistryStatement] = try await client.get("\(StatementCommand.path(number))/history")
        guard let last = said.last else { throw Failure(.notFound, "NOT_FOUND", zh: "没有该陈述", en: "There is none") }
        let given = parts.values.attributes
        // The whole statement is said again: what this reader cannot see would be lost.
        let unseen = last.masked.filter { given[$0] == nil }
        guard unseen.isEmpty else { throw Self.unseen(unseen, of: number) }
        var attributes = last.attributes
        for (code, value) in given { attributes[code] = value }
        func part<Value>(_ part: Part, _ new: Value?, _ old: Value?) -> Value? {
            without.contains(part) ? nil : new ?? old
        }
        let order = StatementOrder(
            type: last.type,
            object: part(.object, parts.object, last.object),
            term: part(.term, parts.term, last.term),
            share: part(.share, parts.share, last.share),
            from: part(.from, from, last.from),
            until: part(.until, parts.until, last.until),
            attributes: attributes,
            reason: reason,
            source: source.map { Source(file: $0, locator: locator ?? "") }
        )
        try await session.show(
            try await client.post(
                "\(StatementCommand.path(number))/correct",
                body: order,
                as: Answer<ListedStatement>.self
            )
        )
    }

    private static func unseen(_ fields: [String], of number: Int64) -> Failure {
        let (list, example) = (fields.joined(separator: ", "), fields.map { "\($0)=…" }.joined(separator: " "))
        return Failure(
            .refused,
            "STATEMENT_MASKED",
            zh: "陈述 \(number) 含未显示的字段（\(list)），更正会使其丢失",
            en: "Statement \(number) has fields that are not shown (\(list)); a correction would lose them",
            hint: LocalizedText(
                zh: "请一并写明：\(example)；或留空以删除",
                en: "Say them too: \(example); without a value they are taken away"
            )
        )
    }
}
