import ArgumentParser
import AuditTrail
import DomainModel
import PlatformClient

/// `ceyuan audit baseline`
struct AuditBaseline: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "baseline",
            abstract: "Take the records that are older than the trail as they are, and watch them from now on.",
            discussion: """
                Each record that no event tells of gets one, with its digest and your reason, so that “ceyuan audit \
                verify --records” finds later changes. Look at what verify calls unrecorded first: a record that \
                somebody put in past the platform is taken as well.
                """
        )
    }

    @Option(help: "Why the records may be taken as they are; stands in each event.")
    var reason: String

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let counts = try await session.client(of: .registry)
            .post("/v1/audit/baseline", body: ["reason": reason], as: Page<BaselineCount>.self)
        if counts.items.isEmpty {
            session.console.remark(session.console("每条记录都已有事件。", "Every record has its events already."))
        }
        try session.console.list(counts.items)
    }
}

extension BaselineCount: Listed {
    static var listing: [Column<BaselineCount>] {
        [.text("kind", "类别", "kind") { $0.kind }, .number("records", "记录数", "records") { $0.records }]
    }
}
