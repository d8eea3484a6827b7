import ArgumentParser
import DomainModel

/// The entry of the program.
@main
enum Program {
    /// Runs the command that the arguments name, and exits with its ``CommandStatus``.
    static func main() async {
        let command: any ParsableCommand
        do {
            command = try await Ceyuan.asyncParseAsRoot()
        } catch {
            refuse(error, Console.ofArguments(CommandLine.arguments))
        }
        do {
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                var command = command
                try command.run()
            }
        } catch {
            let console = (command as? any PlatformCommand)?.global.console ?? .ofArguments(CommandLine.arguments)
            if error is ExitCode { Ceyuan.exit(withError: error) }
            // `ceyuan help …` and groups without a command of their own end in a request for help.
            if Ceyuan.exitCode(for: error) != .failure { refuse(error, console) }
            let failure = Failure(error)
            failure.report(to: console)
            Ceyuan.exit(withError: ExitCode(failure.status))
        }
    }

    /// Answers arguments that are a question (`--help`) or were not understood, and exits.
    private static func refuse(_ error: any Error, _ console: Console) -> Never {
        if Ceyuan.exitCode(for: error).isSuccess { Ceyuan.exit(withError: error) }
        if console.language == .zh { console.complain(console.styledError("参数有误：", .red)) }
        console.complain(Ceyuan.fullMessage(for: error))
        Ceyuan.exit(withError: ExitCode(.usage))
    }
}

extension Console {
    /// The console for arguments that could not be read: the language is still looked for in them.
    fileprivate static func ofArguments(_ arguments: [String]) -> Console {
        var language: Language?
        for (index, argument) in arguments.enumerated() {
            if argument == "--language", index + 1 < arguments.count {
                language = Language(rawValue: arguments[index + 1])
            }
            if argument.hasPrefix("--language=") { language = Language(rawValue: String(argument.dropFirst(11))) }
        }
        return Console(language: language, format: .table, isQuiet: false)
    }
}
