import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan record unmerge KEY --reason TEXT`
struct RecordUnmerge: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "unmerge",
            abstract: "Undo the merge that took up a record: both are again what was believed before.",
            discussion: "Later changes of other fields and statements stay. What is in the way is listed."
        )
    }

    @Argument(help: "The key of the record that was taken up.")
    var key: String

    @Option(help: "Why they are two after all.")
    var reason: String

    @Flag(help: "Only tell what would come back.")
    var rehearse = false

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let order = UnmergeOrder(reason: reason, isRehearsal: rehearse)
        try session.console.show(
            try await session.client(of: .registry)
                .post("\(Registrar.path(key))/unmerge", body: order, as: Answer<MergeUndoing>.self)
        )
    }
}

/// `ceyuan record merges KEY`
struct RecordMerges: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "merges",
            abstract: "List the merges that a record took part in, with those that were undone."
        )
    }

    @Argument(help: "The key of the record.")
    var key: String

    @OptionGroup
    var belief: BeliefOption

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client(of: .registry)
        let query: Query = ["asOf": belief.asOf?.description]
        try session.console.list(
            answers: try await client.get("\(Registrar.path(key))/merges", query: query, as: [Answer<PastMerge>].self)
        )
    }
}

/// What is sent to undo a merge.
struct UnmergeOrder: Encodable {
    let reason: String
    let isRehearsal: Bool
}
