import ArgumentParser
import DomainModel

/// `ceyuan check id`
struct CheckIdentifier: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "id",
            abstract: "Check identifiers (标识校验): form, check characters, dates and codes.",
            discussion: """
                Values are arguments, lines of standard input, or a column of a CSV or NDJSON file. Exit code 0 says that \
                all are valid, 1 that some are not. A valid identifier is well formed; whether it was issued, only its \
                issuer knows. Hints are guesses.

                The values are printed as they were given, with what may have been meant: identity numbers end up on the \
                terminal and in files that take the output. Errors of the program never repeat a value.

                Types:
                \(IdentifierKind.allCases.map { "  \($0.rawValue)  \($0.title.zh), \($0.title.en)" }.joined(separator: "\n"))
                  auto  all of them; the hint of a valid value names those that fit
                """
        )
    }

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    @Option(help: "The kind of identifier, or auto.")
    var type: CheckedType

    @Option(
        help: ArgumentHelp("The day that codes and birth dates are judged on; today unless given.", valueName: "date")
    )
    var at: CheckedDay?

    @Option(help: ArgumentHelp("Check a column of this file.", valueName: "path"), completion: .file())
    var file: String?

    @Option(help: "The name of the column.")
    var column: String?

    @Argument(help: "The identifiers; without them and without --file, one a line of standard input.")
    var values: [String] = []

    func validate() throws {
        if (file == nil) != (column == nil) { throw ValidationError("--file and --column go together.") }
        if file != nil, !values.isEmpty { throw ValidationError("Give identifiers or --file, not both.") }
    }

    func run(in session: Session) async throws {
        var report = IdentifierReport(type.kinds, on: (at ?? .today).date, to: session.console)
        try report.begin(isSingle: values.count == 1)
        if let file, let column {
            try ColumnValues(of: column, in: InputFile(file)).read { value in try report.add(value) }
        } else if values.isEmpty {
            try LineValues().read { value in try report.add(value) }
        } else {
            for value in values { try report.add(Array(value.utf8)) }
        }
        try report.end()
        if report.invalid > 0 { throw ExitCode(.refused) }
    }
}
