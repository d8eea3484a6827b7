import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan duplicate show NUMBER`
struct DuplicateShow: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show",
            abstract: "Print two records side by side, with the reasons and what a merge would do."
        )
    }

    @Argument(help: "The number of the pair.")
    var number: Int64

    @OptionGroup
    var moment: MomentOptions

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let console = session.console
        let client = try session.client(of: .registry)
        let query: Query = ["asOf": moment.asOf?.description, "validAt": moment.validAt?.isoText]
        let answer: Answer<DuplicateComparison> = try await client.get("/v1/duplicates/\(number)", query: query)
        switch console.format {
        case .table:
            let comparison = answer.value
            let words = try await Registrar(session).words(
                for: [comparison.one, comparison.other],
                comparison.merge?.statements ?? []
            )
            try console.write(DuplicateSheet(comparison: comparison, words: words, console: console).text)
        case .json: try console.write(try JSONText.document(answer.json))
        case .csv: try console.list(answer.value.rows())
        }
    }
}

/// `ceyuan duplicate decide NUMBER different --reason TEXT`
struct DuplicateDecide: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "decide",
            abstract: "Say whether two records are one: then they are merged.",
            discussion: "different: not offered again unless their facts change. later: listed under that state."
        )
    }

    @Argument(help: "The number of the pair.")
    var number: Int64

    @Argument(help: "same, different or later.")
    var verdict: DuplicateDecision.Verdict

    @Option(help: "Why.")
    var reason: String

    @Option(help: ArgumentHelp("The record that goes on; by default the one recorded first.", valueName: "key"))
    var survivor: String?

    @Option(help: ArgumentHelp("Take the other's value of this field. May be repeated.", valueName: "field"))
    var take: [String] = []

    @Option(help: ArgumentHelp("Leave this statement, of either, out. May be repeated.", valueName: "number"))
    var drop: [Int64] = []

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let order = DuplicateOrder(
            verdict: verdict,
            reason: reason,
            survivor: survivor,
            fields: Dictionary(take.map { ($0, MergeSide.absorbed) }, uniquingKeysWith: { first, _ in first }),
            dropped: drop
        )
        try session.console.show(
            try await session.client(of: .registry)
                .post("/v1/duplicates/\(number)/decide", body: order, as: Answer<DuplicateCandidate>.self)
        )
    }
}

/// What is sent to decide about two records.
struct DuplicateOrder: Encodable {
    let verdict: DuplicateDecision.Verdict
    let reason: String
    let survivor: String?
    let fields: [String: MergeSide]
    let dropped: [Int64]
}
