import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan talent import FILE…`
struct RecordImport<Tag: RecordKindTag>: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "import",
            abstract: "Import records from CSV or NDJSON files, and wait for the receipts.",
            discussion: """
                Columns: key, from, state and the codes of the fields. A row whose key the register has changes that \
                record from its day on; other rows make records. An empty cell says nothing. The same file again has no \
                effect and gets the same receipt. Exit code 0: all rows were taken; 1: rows were refused, and the first \
                conflicts are printed; files that follow are not sent then.
                """
        )
    }

    @Argument(help: "CSV or NDJSON files.", completion: .file(extensions: ["csv", "ndjson", "jsonl"]))
    var files: [String]

    @OptionGroup
    var options: SubmissionOptions

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let inputs = try files.map { try InputFile($0) }
        for input in inputs {
            try await Submission(.registry, "\(Tag.kind.path)/import", [:], options.choices).send(input, in: session)
        }
    }
}
