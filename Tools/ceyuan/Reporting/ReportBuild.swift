import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan report build --template end-of-plan --plan P`
struct ReportBuild: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "build",
            abstract: "Write a report of a plan, and save it in every format.",
            discussion: """
                Prints a line `report NAME PATH` for each file. The same question gets the same report: where nothing \
                has changed, the files stay as they are.
                """
        )
    }

    @Option(help: "What the report tells: how a finished plan ended, or where a running one stands.")
    var template: ReportTemplate

    @Option(help: ArgumentHelp("The plan.", valueName: "code"))
    var plan: String

    @Option(help: "The period to judge it at; by default the last year of the plan.")
    var period: Period?

    @Option(help: "With the data known at this instant, or at the end of this day (UTC).")
    var asOf: Instant?

    @Option(name: .shortAndLong, help: "The directory to save the files in.", completion: .directory)
    var output = "."

    @Flag(
        name: .customLong("no-wait"),
        help: "Do not wait and save nothing; print the operation, for ceyuan operation watch."
    )
    var noWait = false

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let console = session.console
        let request = EditionRequest(
            template: template,
            plan: plan,
            period: period,
            language: console.language,
            asOf: asOf
        )
        if noWait {
            let client = try session.client(of: .reports, isLater: true)
            return try console.show(
                try await client.post("/v1/editions", body: request, as: Answer<OperationRecord>.self)
            )
        }
        let directory = try OutputDirectory(output)
        let progress = Progress(console)
        defer { progress.clear() }
        progress.show(console("撰写中……", "Writing …"))
        let client = try session.client(of: .reports)
        let answer = try await client.post("/v1/editions", body: request, as: Answer<Edition>.self)
        let edition = answer.value
        var files: [(path: String, isNew: Bool)] = []
        for rendering in edition.renderings {
            let content = try await client.bytes(
                "/v1/editions/\(edition.id)/content",
                query: ["format": rendering.format.rawValue]
            ).body
            let name = "\(edition.name).\(rendering.format.fileExtension)"
            files.append(try directory.save(content, as: name))
        }
        progress.clear()
        let state =
            files.contains { $0.isNew } ? console("已写出", "written") : console("未变", "unchanged")
        console.remark("\(edition.title)  [\(console("版本", "edition")) \(edition.id), \(state)]")
        for notice in edition.notices { console.remark("  \(console.styledError(notice, .yellow))") }
        switch console.format {
        case .table: for file in files { try console.line("report \(edition.name) \(file.path)") }
        case .json, .csv: try console.show(answer)
        }
    }
}
