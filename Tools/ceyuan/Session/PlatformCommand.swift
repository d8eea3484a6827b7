import ArgumentParser
import DomainModel

/// A command with the global options.
protocol PlatformCommand: AsyncParsableCommand {
    /// The options that every command has.
    var global: GlobalOptions { get }

    /// Does what the command is for.
    ///
    /// - Throws: Any error that ``Failure/init(_:)`` can tell, or `ExitCode` when everything is said already.
    func run(in session: Session) async throws
}

extension PlatformCommand {
    mutating func run() async throws {
        guard global.format.output != nil else {
            throw ValidationError(
                "--format \(global.format.rawValue) is for files that a command writes, as 'sample registry' does."
            )
        }
        try await run(in: Session(global))
    }
}

extension ExitCode {
    /// The exit code of a status.
    init(_ status: CommandStatus) { self.init(status.rawValue) }
}
