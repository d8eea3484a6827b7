import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan report show ID`
struct ReportShow: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show",
            abstract: "Print an edition of a report, or save one of its formats.",
            discussion: "Without --report-format and -o it prints what the edition is; with them, the report itself.",
            aliases: ["get"]
        )
    }

    @Argument(help: "The number of the edition.")
    var id: Int64

    @Option(help: "The format of the report; html when only -o is given.")
    var reportFormat: ReportFormat?

    @Option(
        name: .shortAndLong,
        help: "The file to save it in; otherwise it goes to standard output.",
        completion: .file()
    )
    var output: String?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client(of: .reports)
        let path = "/v1/editions/\(id)/content"
        let query: Query = ["format": (reportFormat ?? .html).rawValue]
        if let output {
            try await client.download(path, query: query, to: output)
            session.console.remark(output)
        } else if reportFormat != nil {
            let reply = try await client.bytes(path, query: query)
            try session.console.write(String(decoding: reply.body, as: UTF8.self))
        } else {
            try session.console.show(try await client.get("/v1/editions/\(id)", as: Answer<Edition>.self))
        }
    }
}
