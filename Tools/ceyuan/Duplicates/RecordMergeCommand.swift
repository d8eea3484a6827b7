import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan record merge SURVIVOR ABSORBED --reason TEXT`
struct RecordMergeCommand: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "merge",
            abstract: "Make a record take up another one of its kind; its key leads there from then on.",
            discussion: """
                A field takes the survivor's value, or the other's where the survivor has none; --take chooses the \
                other's. Statements move over; those that clash are listed, and --drop leaves one out. Nothing is lost: \
                --as-of shows both as they were, and `ceyuan record unmerge` undoes it.
                """
        )
    }

    @Argument(help: "The key of the record that goes on.")
    var survivor: String

    @Argument(help: "The key of the record that is taken up.")
    var absorbed: String

    @Option(help: "Why they are one.")
    var reason: String

    @Option(help: ArgumentHelp("Take the other's value of this field. May be repeated.", valueName: "field"))
    var take: [String] = []

    @Option(help: ArgumentHelp("Leave this statement, of either, out. May be repeated.", valueName: "number"))
    var drop: [Int64] = []

    @Option(help: ArgumentHelp("Only if neither was changed since a rehearsal: its `seen`.", valueName: "text"))
    var seen: String?

    @Flag(help: "Only tell what would become of them.")
    var rehearse = false

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let console = session.console
        let order = MergeOrder(
            absorbed: absorbed,
            reason: reason,
            fields: Dictionary(take.map { ($0, MergeSide.absorbed) }, uniquingKeysWith: { first, _ in first }),
            dropped: drop,
            seen: seen,
            isRehearsal: rehearse
        )
        let path = "\(Registrar.path(survivor))/merge"
        let answer: Answer<RecordMerge> = try await session.client(of: .registry).post(path, body: order)
        switch console.format {
        case .table:
            let words = try await Registrar(session).words(for: answer.value)
            try console.write(MergeSheet(merge: answer.value, words: words, console: console).text)
        case .json: try console.write(try JSONText.document(answer.json))
        case .csv:
            try console.list(answer.value.statements.map { MergedStatementRow(merged: $0, words: RecordWords()) })
        }
        if !rehearse {
            console.remark(console("\(absorbed) 已并入 \(survivor)。", "\(absorbed) is part of \(survivor) now."))
        }
    }
}

/// What is sent to make two records one.
struct MergeOrder: Encodable {
    let absorbed: String
    let reason: String
    let fields: [String: MergeSide]
    let dropped: [Int64]
    let seen: String?
    let isRehearsal: Bool
}
