import ArgumentParser
import AuditTrail
import DomainModel
import PlatformClient

/// `ceyuan audit list`
struct AuditList: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: "List events, newest first.")
    }

    @Option(help: "Only what was done in this name, such as user:li.wei or service:ingest.")
    var principal: String?

    @Option(help: "Only this action, such as batch.commit; with a dot at its end, all that begin so: batch.")
    var action: String?

    @Option(
        help: ArgumentHelp(
            "Only what was done to this, such as region/330110; without a key, to all of the kind: region.",
            valueName: "kind/key"
        )
    )
    var subject: String?

    @Option(help: ArgumentHelp("From this day or instant on.", valueName: "instant"))
    var since: String?

    @Option(help: ArgumentHelp("Up to the end of this day, or up to this instant.", valueName: "instant"))
    var until: Instant?

    @OptionGroup
    var limit: LimitOption

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let parts = subject?.split(separator: "/", maxSplits: 1).map(String.init) ?? []
        let query: Query = [
            "principal": principal, "action": action, "kind": parts.first,
            "key": parts.count > 1 ? parts[1] : nil,
            // A date is the end of its day; people who say “since” mean its beginning.
            "since": since.map { $0.count == 10 ? "\($0)T00:00:00Z" : $0 }, "until": until?.description,
        ]
        try await session.list(AuditRecord.self, of: .registry, "/v1/audit/events", query, limit: limit.count)
    }
}

/// `ceyuan audit show PLACE`
struct AuditShow: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: "Print one event with all that it says.")
    }

    @Argument(help: ArgumentHelp("The event as the list names it: 7-1042.", valueName: "event"))
    var place: String

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let path = "/v1/audit/events/\(PercentEncoding.encode(place))"
        try session.console.show(try await session.client(of: .registry).get(path, as: Answer<AuditRecord>.self))
    }
}

extension AuditRecord: Listed {
    static var listing: [Column<AuditRecord>] {
        Column.instant("at", "时间", "at") { $0.at }
            + [
                .code("event", "事件", "event") { $0.place },
                .text("principal", "主体", "principal") { $0.principal },
                .code("action", "操作", "action") { $0.action },
                .text("subject", "对象", "subject") { "\($0.kind)/\($0.key)" },
                .text("activity", "请求或作业", "request or job") { $0.activity },
                .text("reason", "理由", "reason") { $0.reason },
                .text("before", "之前", "before", in: [.sheet, .csv]) { $0.before?.description },
                .text("after", "之后", "after", in: [.sheet, .csv]) { $0.after?.description },
                .text("details", "详情", "details", in: [.sheet, .csv]) { $0.details.canonicalText },
                .number("occasion", "序号", "occasion", in: [.sheet, .csv]) { $0.occasion },
                .text("hash", "散列", "hash", in: [.sheet, .csv]) { $0.hash.description },
            ]
    }
}
