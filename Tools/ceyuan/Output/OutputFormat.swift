import ArgumentParser

/// The form of what a command prints.
enum OutputFormat: String, Sendable, CaseIterable {
    /// For people.
    case table
    /// What the service answered, for programs.
    case json
    /// RFC 4180 with a header row, for spreadsheets and programs.
    case csv
}

/// The forms that an argument may name: those of the output, and one that only commands that write files have.
enum FormatArgument: String, Sendable, CaseIterable, ExpressibleByArgument {
    case table, json, csv
    /// An object a line, in files.
    case ndjson

    /// The form of the output; `nil` when it is one of files alone.
    var output: OutputFormat? { OutputFormat(rawValue: rawValue) }
}
