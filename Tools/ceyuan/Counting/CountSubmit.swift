import ArgumentParser
import DomainModel
import FoundationEssentials
import PlatformClient

/// `ceyuan count submit --period 2024 --dataset D`
struct CountSubmit: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "submit",
            abstract: "Count, and submit the figures of the defined indicators as a batch of observations.",
            discussion: """
                An indicator such as corridor.enterprise.nhte takes the value that its measure has in the region of its \
                scope. A scope that is no region's code is given one by --scope yuhang=330110; others are left out and \
                named. Each row tells the counting it comes from.
                """
        )
    }

    @Argument(help: "Measures such as enterprise.nhte; all of them if none is named.")
    var measures: [String] = []

    @OptionGroup
    var window: CountWindow

    @Option(name: .shortAndLong, help: "The dataset that the figures are for.")
    var dataset: String

    @Option(help: ArgumentHelp("The region of a scope. May be repeated.", valueName: "scope=code"))
    var scope: [String] = []

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let console = session.console
        let ingest = try session.client(of: .ingest)
        let columns = try await ingest.get(
            "/v1/datasets/\(PercentEncoding.encode(dataset))",
            as: Dataset.self
        ).columns
        let pages = ingest.pages("/v1/indicators", query: ["limit": "500"], of: Indicator.self)
        let indicators = try await pages.items()
        let figures = CountedFigures(
            try await window.count(measures, in: session),
            of: indicators,
            regionOfScope: try aliases()
        )
        for indicator in figures.withoutRegion {
            console.remark(
                console(
                    "\(indicator) 的范围不是登记地区，未提交；可用 --scope 指定",
                    "\(indicator): its scope is no region, left out; name one by --scope"
                )
            )
        }
        guard !figures.rows.isEmpty else {
            throw Failure(
                .refused,
                "NOTHING_COUNTED",
                zh: "没有可提交的数值：没有以所统计的内容定义、且范围为登记地区的指标。",
                en: "Nothing to submit: no indicator is defined over what was counted, with a region as its scope.",
                hint: LocalizedText(
                    zh: "用 ceyuan indicator list 查看指标，用 --scope 给出范围对应的地区。",
                    en: "See the indicators by `ceyuan indicator list`; name the region of a scope by --scope."
                )
            )
        }
        let folder = FileManager.default.temporaryDirectory.appending(path: "ceyuan-count-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "registry-\(window.period).csv")
        try Data(figures.csv(columns, period: window.period).utf8).write(to: file)
        try await Submission(dataset: dataset).send(try InputFile(file.path), in: session)
    }

    private func aliases() throws -> [String: String] {
        try scope.reduce(into: [:]) { aliases, text in
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { throw ValidationError("--scope: expected scope=code, given \(text)") }
            aliases[parts[0]] = parts[1]
        }
    }
}
