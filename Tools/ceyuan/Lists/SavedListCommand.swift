import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan saved-list`: lists of records that have a name.
struct SavedListCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "saved-list",
            abstract: "Save a question or a set of keys under a name, share it, and ask for its records again.",
            subcommands: [
                SavedListSave.self, SavedListList.self, SavedListShow.self, SavedListRun.self, SavedListDelete.self,
            ]
        )
    }
}

/// `ceyuan saved-list save NAME`
struct SavedListSave: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "save",
            abstract: "Save a list: a question that is asked anew each time, or fixed keys.",
            discussion: "A list of yours that has the name already is changed."
        )
    }

    @Argument(help: "What it is called.")
    var name: String

    @Option(help: "The kind of the records.")
    var kind: RegistryKind?

    @Option(help: ArgumentHelp("What is typed into the search box.", valueName: "text"))
    var find: String?

    @Option(
        name: .customLong("filter"),
        help: ArgumentHelp("Only those whose field compares so; may be repeated.", valueName: "field=value")
    )
    var filters: [FilterArgument] = []

    @Option(help: ArgumentHelp("Only in this region.", valueName: "code"), completion: .regions)
    var region: String?

    @Option(help: "Only those in this state: active or closed.")
    var state: RecordState?

    @Option(help: "The key of a record of a fixed list; may be repeated.")
    var key: [String] = []

    @Flag(help: "Everybody who may read records may see it.")
    var everybody = false

    @Option(help: "Whoever has this role may see it.")
    var role: String?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func validate() throws {
        guard (kind == nil) != key.isEmpty else { throw ValidationError("Name --kind or --key, and not both.") }
        guard !everybody || role == nil else { throw ValidationError("Name --everybody or --role, and not both.") }
    }

    func run(in session: Session) async throws {
        let question = kind.map { kind in
            SavedListOrder.Question(
                kind: kind,
                q: find,
                region: region,
                state: state,
                where: filters.isEmpty ? nil : filters.map(\.comparison.text)
            )
        }
        let order = SavedListOrder(
            name: name,
            sharing: everybody ? .everybody : role == nil ? .owner : .role,
            role: role,
            question: question,
            keys: key.isEmpty ? nil : key
        )
        let registrar = try Registrar(session)
        let named = try await registrar.savedLists().filter { $0.order.name == name }
        let answer: Answer<SavedListRow> =
            if let known = try await registrar.own(named) {
                try await registrar.client.put("/v1/saved-lists/\(known.id)", body: order)
            } else {
                try await registrar.client.post("/v1/saved-lists", body: order)
            }
        try await session.show(answer)
    }
}

/// `ceyuan saved-list list`
struct SavedListList: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: "List the lists that are yours or shared with you.")
    }

    @OptionGroup
    var limit: LimitOption

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        try await session.list(SavedListRow.self, of: .registry, "/v1/saved-lists", [:], limit: limit.count)
    }
}

/// `ceyuan saved-list show LIST`
struct SavedListShow: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: "Print what a list asks, or its keys.")
    }

    @Argument(help: "The number of the list, or its name.", completion: .savedLists)
    var list: SavedListArgument

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let registrar = try Registrar(session)
        let number = try await list.number(registrar)
        try await session.show(
            try await registrar.client.get("/v1/saved-lists/\(number)", as: Answer<SavedListRow>.self)
        )
    }
}

/// `ceyuan saved-list run LIST`
struct SavedListRun: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "run", abstract: "Print the records of a list.")
    }

    @Argument(help: "The number of the list, or its name.", completion: .savedLists)
    var list: SavedListArgument

    @OptionGroup
    var moment: MomentOptions

    @OptionGroup
    var limit: LimitOption

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let number = try await list.number(Registrar(session))
        try await session.list(
            RelatedName.self,
            of: .registry,
            "/v1/saved-lists/\(number)/records",
            ["asOf": moment.asOf?.description, "validAt": moment.validAt?.isoText],
            limit: limit.count
        )
    }
}

/// `ceyuan saved-list delete LIST`
struct SavedListDelete: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "delete", abstract: "Remove a list of yours; its records stay.")
    }

    @Argument(help: "The number of the list, or its name.", completion: .savedLists)
    var list: SavedListArgument

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let registrar = try Registrar(session)
        let number = try await list.number(registrar)
        try await registrar.client.delete("/v1/saved-lists/\(number)")
        session.console.remark(session.console("已删除清单 \(list.text)。", "Removed list \(list.text)."))
    }
}
