import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan statement import TYPE FILE…`
struct StatementImport: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "import",
            abstract: "Import statements of one kind from CSV or NDJSON files, and wait for the receipts.",
            discussion: """
                Columns: subject, object, term, share, from, until and the codes of the fields. Subjects and objects are \
                keys, or identifiers such as uscc:9133…. A row that differs from what is believed of the same subject, \
                object, term and first day says it otherwise; other rows make statements. Exit codes as of submit.
                """
        )
    }

    @Argument(
        help: "The kind of all statements of the files: employment, title, …",
        completion: .list(RecordModel.standard.statements.map(\.code))
    )
    var type: String

    @Argument(help: "CSV or NDJSON files.", completion: .file(extensions: ["csv", "ndjson", "jsonl"]))
    var files: [String]

    @OptionGroup
    var options: SubmissionOptions

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let inputs = try files.map { try InputFile($0) }
        for input in inputs {
            try await Submission(.registry, "/v1/statements/import", ["type": type], options.choices)
                .send(input, in: session)
        }
    }
}
