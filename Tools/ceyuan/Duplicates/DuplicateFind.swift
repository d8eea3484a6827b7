import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan duplicate find talent`
struct DuplicateFind: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "find",
            abstract: "Look through all records of a kind.",
            discussion: """
                Records are compared when they share a key: an identifier, name and year of birth, reading and date of \
                birth, name and employer; of firms the core of the name. Pairs that were decided about are not offered \
                again unless their facts change. Keys that very many records share are skipped, and told.
                """
        )
    }

    @Argument(help: "The kind: talent, enterprise, organisation or platform.")
    var kind: RegistryKind

    @Option(help: ArgumentHelp("The least probability of a pair, from 0.01 to 1; by default 0.5.", valueName: "number"))
    var minimum: Double?

    @Flag(name: .customLong("no-wait"), help: "Do not wait; print the operation, for ceyuan operation watch.")
    var noWait = false

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let order = DuplicateSearchOrder(kind: kind, minimum: minimum)
        let (client, console) = (try session.client(of: .registry, isLater: true), session.console)
        var operation: Answer<OperationRecord> = try await client.post("/v1/duplicate-searches", body: order)
        if noWait { return try console.show(operation) }
        let progress = Progress(console)
        defer { progress.clear() }
        while !operation.value.state.isFinal {
            progress.show(console("查找重复：\(operation.value.progressText)", "Looking: \(operation.value.progressText)"))
            operation = try await client.get("/v1/operations/\(operation.value.id)", query: ["wait": "1"])
        }
        progress.clear()
        guard operation.value.state == .succeeded, let place = operation.value.result else {
            try console.show(operation)
            throw ExitCode(operation.value.exitStatus ?? .refused)
        }
        try console.show(try await session.client(of: .registry).get(place, as: Answer<DuplicateSearch>.self))
    }
}

/// What is sent to have all records of a kind looked through.
struct DuplicateSearchOrder: Encodable {
    let kind: RegistryKind
    let minimum: Double?
}
