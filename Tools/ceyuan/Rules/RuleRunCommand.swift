import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan rule run`
struct RuleRunCommand: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "run",
            abstract: "Run the rules over all records or one.",
            discussion: """
                What they conclude stands until the next run. With --trial, and with another day, instant or choice of \
                rules, it is only kept to be looked at and compared.
                """
        )
    }

    @Option(help: "Only this rule, by its code. May be repeated.")
    var rule: [String] = []

    @Option(help: ArgumentHelp("Only this record.", valueName: "key"))
    var record: String?

    @Option(help: "As things hold on this day.")
    var day: CivilDate?

    @Option(help: ArgumentHelp("As the register was at this instant.", valueName: "instant"))
    var asOf: Instant?

    @Flag(help: "Only try: what stands stays as it is.")
    var trial = false

    @Flag(name: .customLong("no-wait"), help: "Do not wait; print the operation, for ceyuan operation watch.")
    var noWait = false

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let order = RuleRunOrder(
            day: day,
            asOf: asOf,
            rules: rule.isEmpty ? nil : rule,
            record: record,
            isTrial: trial ? true : nil
        )
        if noWait {
            let client = try session.client(of: .registry, isLater: true)
            return try session.console.show(
                try await client.post("/v1/rule-runs", body: order, as: Answer<OperationRecord>.self)
            )
        }
        let progress = Progress(session.console)
        defer { progress.clear() }
        progress.show(session.console("推导中……", "Deriving …"))
        let client = try session.client(of: .registry)
        let answer = try await client.post("/v1/rule-runs", body: order, as: Answer<RuleRun>.self)
        progress.clear()
        try session.console.show(answer)
    }
}

extension RuleRun: Listed {
    static var listing: [Column<RuleRun>] {
        var columns: [Column<RuleRun>] = [.number("id", "编号", "no.") { $0.id }]
        columns += Column.word("purpose", "用途", "purpose") { $0.purpose }
        columns += [.code("day", "日期", "day") { $0.day.isoText }]
        columns += Column.instant("as_of", "认知时刻", "as of") { $0.asOf }
        columns += [
            .number("records", "记录数", "records") { $0.records }, .number("facts", "结论数", "facts") { $0.facts },
            .code("record", "记录", "record") { $0.record },
            .text("started_by", "发起者", "started by") { $0.startedBy },
            .text("rules", "规则", "rules", in: [.sheet, .csv]) { $0.rules.joined(separator: " ") },
            .code("digest", "摘要", "digest", in: [.sheet, .csv]) { $0.digest },
        ]
        return columns
    }
}

extension RuleRun.Purpose: Titled {
    var title: LocalizedText {
        switch self {
        case .standing: LocalizedText(zh: "正式", en: "standing")
        case .trial: LocalizedText(zh: "试算", en: "trial")
        }
    }
}
