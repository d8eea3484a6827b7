import ArgumentParser

/// The form of what a command prints.
enum OutputFormat: String, Sendable, CaseIterable, ExpressibleByArgument {
    /// For people.
    case table
    /// What the service answered, for programs.
    case json
    /// RFC 4180 with a header row, for spreadsheets and programs.
    case csv
}
