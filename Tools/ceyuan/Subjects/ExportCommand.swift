import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan personal-export`: personal data out of the register, which takes two people.
struct PersonalExportCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "personal-export",
            abstract: "Take personal data out of the register; a second person approves.",
            subcommands: [PersonalExportRequest.self, PersonalExportFetch.self]
        )
    }
}

/// `ceyuan personal-export request KEY… --purpose CODE --recipient NAME --reason TEXT`
struct PersonalExportRequest: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "request",
            abstract: "Ask for data of these records to be given out.",
            discussion: "By keys, by --list, or by --kind with filters: the records that there are now are asked for."
        )
    }

    @Argument(help: "The keys of the records.", completion: .recordKeys(of: .talent))
    var keys: [String] = []

    @Option(
        help: ArgumentHelp("The records of this saved list, by its number or its name.", valueName: "list"),
        completion: .savedLists
    )
    var list: SavedListArgument?

    @Option(help: "All records of this kind that the filters let through.")
    var kind: RegistryKind?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "With --kind: only those whose field compares so; may be repeated.",
            valueName: "field=value"
        )
    )
    var filter: [FilterArgument] = []

    @Option(help: ArgumentHelp("With --kind: only those that lie in this region.", valueName: "code"))
    var region: String?

    @Option(
        help: ArgumentHelp(
            "What is said of them, of this kind: pay, permit, …; instead of their own fields.",
            valueName: "type"
        ),
        completion: .list(RecordModel.standard.statements.map(\.code))
    )
    var statements: String?

    @Option(help: ArgumentHelp("Only this field, in this order. May be repeated.", valueName: "code"))
    var field: [String] = []

    @Option(help: ArgumentHelp("The purpose, as the ledger of consents names it.", valueName: "code"))
    var purpose: String

    @Option(help: "Who gets them.")
    var recipient: String

    @Option(help: "What for, in words.")
    var reason: String

    @Option(name: .customLong("as"), help: "How they are written.")
    var form: ExportTerms.Format = .csv

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let registrar = try Registrar(session)
        let order = ExportOrder(
            records: keys.isEmpty ? nil : keys,
            filter: kind.map { kind in
                SavedListOrder.Question(kind: kind, region: region, where: filter.map(\.comparison.text))
            },
            list: try await list?.number(registrar),
            statements: statements,
            fields: field.isEmpty ? nil : field,
            purpose: purpose,
            reason: reason,
            recipient: recipient,
            format: form
        )
        try session.console.show(
            try await registrar.client.post("/v1/personal-exports", body: order, as: Answer<Approval>.self)
        )
    }
}

/// `ceyuan personal-export fetch NUMBER`
struct PersonalExportFetch: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "fetch",
            abstract: "Print the data of an export that was approved; each reading is recorded.",
            discussion: "Only who asked may fetch it, for a day. --format says nothing here: the request did."
        )
    }

    @Argument(help: "The number of the approval.")
    var number: Int64

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let reply = try await session.client(of: .registry).bytes("/v1/personal-exports/\(number)")
        try session.console.write(String(decoding: reply.body, as: UTF8.self))
    }
}
