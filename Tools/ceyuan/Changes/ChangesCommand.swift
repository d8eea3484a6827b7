import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan changes`: what was recorded of records, in the order in which it was.
struct ChangesCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "changes",
            abstract: "See what was recorded of records, in the order in which it was.",
            subcommands: [ChangesList.self, ChangesFollow.self]
        )
    }
}

/// The feed of changes, read part by part.
struct ChangeFeed {
    private struct Part: Codable, Sendable {
        let items: [Answer<RecordChange>]
        let next: String
    }

    private let client: PlatformClient
    private let kinds: [RegistryKind]
    /// Up to where it was read.
    private(set) var place: String?

    init(_ session: Session, after place: String?, kinds: [RegistryKind]) throws {
        client = try session.client(of: .registry)
        self.place = place
        self.kinds = kinds
    }

    /// The next changes; none at the end.
    mutating func next(limit: Int, wait: Int?) async throws -> [Answer<RecordChange>] {
        var query: Query = ["after": place, "limit": String(limit), "wait": wait.map { String($0) }]
        for kind in kinds { query.append("kind", kind.rawValue) }
        let part: Part = try await client.get("/v1/changes", query: query)
        place = part.next
        return part.items
    }

    /// Goes to the end of what is there.
    mutating func skipToEnd() async throws {
        let part: Part = try await client.get("/v1/changes/newest")
        place = part.next
    }
}

/// `ceyuan changes list`
struct ChangesList: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: "List changes, oldest first.")
    }

    @Option(help: ArgumentHelp("Only changes after this place.", valueName: "place"))
    var after: String?

    @Option(help: "Only changes of records of this kind. May be repeated.")
    var kind: [RegistryKind] = []

    @OptionGroup
    var limit: LimitOption

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        var feed = try ChangeFeed(session, after: after, kinds: kind)
        var left = limit.count ?? .max
        var changes: [Answer<RecordChange>] = []
        while left > 0 {
            let page = try await feed.next(limit: min(left, 500), wait: nil)
            changes += page
            left -= page.count
            if page.isEmpty { break }
        }
        try session.console.list(answers: changes)
        if let place = feed.place {
            session.console.remark(session.console("续读：--after \(place)", "Go on with --after \(place)"))
        }
    }
}

/// `ceyuan changes follow`
struct ChangesFollow: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "follow",
            abstract: "Print changes as they are recorded, one JSON document a line, until interrupted."
        )
    }

    @Option(help: ArgumentHelp("Begin after this place instead of now.", valueName: "place"))
    var after: String?

    @Option(help: "Only changes of records of this kind. May be repeated.")
    var kind: [RegistryKind] = []

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        var feed = try ChangeFeed(session, after: after, kinds: kind)
        if after == nil { try await feed.skipToEnd() }
        while true {
            for change in try await feed.next(limit: 500, wait: 30) {
                try session.console.line(try JSONText.line(change.json))
            }
        }
    }
}

extension RecordChange: Listed {
    static var listing: [Column<RecordChange>] {
        var columns = Column<RecordChange>.instant("at", "时间", "time") { $0.recorded.at }
        columns += [.code("key", "记录", "record") { $0.key }]
        columns += Column.word("kind", "类型", "kind") { $0.kind }
        columns += Column.word("verb", "变更", "change") { $0.verb }
        columns += Column.word(
            "fields",
            "字段",
            "fields",
            isFlexible: true,
            code: { $0.fields.joined(separator: " ") },
            called: { RecordWords().labels(of: $0.fields, $0.kind) }
        )
        columns += [
            .text("statements", "陈述", "statements") { $0.statements.map(String.init).joined(separator: " ") },
            .text("by", "由", "by") { $0.recorded.principal },
            .number("batch", "批次", "batch") { $0.recorded.batch },
        ]
        return columns
    }
}
