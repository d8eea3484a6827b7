import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan submit FILE --dataset D`
struct Submit: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "submit",
            abstract: "Submit a file of observations to a dataset, and wait for the receipt.",
            discussion: """
                The same file again has no effect and gets the same receipt. Exit code 0: all rows were taken; 1: rows \
                were refused, and the first conflicts are printed.
                """
        )
    }

    @Argument(help: "A CSV or NDJSON file.", completion: .file(extensions: ["csv", "ndjson", "jsonl"]))
    var file: String

    @Option(name: .shortAndLong, help: "The dataset that the file is for.")
    var dataset: String

    @OptionGroup
    var options: SubmissionOptions

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        try await Submission(dataset: dataset, options.choices).send(try InputFile(file), in: session)
    }
}

extension Batch {
    /// What a submission that ended like this exits with; `nil` when all is well.
    var exitStatus: CommandStatus? {
        switch state {
        case .received, .loading: nil
        case .failed: .serviceError
        case .refused: .refused
        case .committed, .rehearsed: (receipt?.rejected ?? 0) > 0 || receipt?.outcome == .refused ? .refused : nil
        }
    }
}
