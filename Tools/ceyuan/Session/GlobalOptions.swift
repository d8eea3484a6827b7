import ArgumentParser
import DomainModel

/// The options that every command has.
struct GlobalOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Where the services are. Otherwise CEYUAN_REGISTRY_URL, CEYUAN_INGEST_URL or CEYUAN_REPORTS_URL, then CEYUAN_URL, then http://127.0.0.1:8100.",
            valueName: "address"
        )
    )
    var url: String?

    @Option(help: "The form of the output: for people, for programs, for spreadsheets.")
    var format: FormatArgument = .table

    @Option(help: "The language of headings and messages; by default that of the locale.")
    var language: Language?

    @Flag(name: .shortAndLong, help: "Leave out progress and remarks.")
    var quiet = false

    /// The console that the options describe.
    var console: Console { Console(language: language, format: format.output ?? .json, isQuiet: quiet) }
}
