import ArgumentParser
import DomainModel
import PlatformClient

/// A kind of reference record: all kinds are listed, shown and imported in the same way.
protocol ReferenceKind: Sendable {
    associatedtype Record: Listed
    associatedtype Filters: ListFilters
    /// The options that say as of when one record is shown.
    associatedtype Moment: ListFilters = NoOptions

    /// The name of the command: `region`.
    static var command: String { get }
    /// What the records are, in the plural, for help.
    static var summary: String { get }
    /// The service that keeps them.
    static var service: Session.Service { get }
    /// The last part of the list's path: `regions`.
    static var resource: String { get }
    /// What `show` takes, for help.
    static var codeHelp: String { get }
    /// The path of one record below the list's.
    static func path(of code: String) -> String
}

extension ReferenceKind {
    static var codeHelp: String { "The code of the record." }

    static func path(of code: String) -> String { PercentEncoding.encode(code) }
}

/// The options that narrow a list down.
protocol ListFilters: ParsableArguments {
    /// The filters as the service takes them.
    var query: Query { get }
}

/// Nothing to choose.
struct NoOptions: ListFilters {
    var query: Query { [:] }
}

/// `ceyuan region`, `ceyuan indicator`, …
struct ReferenceCommand<Kind: ReferenceKind>: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: Kind.command,
            abstract: "List, show or import \(Kind.summary).",
            subcommands: [ReferenceList<Kind>.self, ReferenceShow<Kind>.self, ReferenceImport<Kind>.self]
        )
    }
}
