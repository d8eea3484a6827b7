import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan operation watch ID`
struct OperationWatch: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "watch",
            abstract: "Wait for an operation to end, showing how far it has come, and print it.",
            discussion: "Exit code 0: it succeeded; else the code that the request would have ended with."
        )
    }

    @Argument(help: "The number of the operation.")
    var id: Int64

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client(of: .reports)
        let console = session.console
        let progress = Progress(console)
        defer { progress.clear() }
        // The service answers as soon as it is over, or after a while so that progress can be shown.
        let wait = console.errorIsTerminal ? "1" : "20"
        var answer = try await client.get("/v1/operations/\(id)", as: Answer<OperationRecord>.self)
        while !answer.value.state.isFinal {
            let text = answer.value.progressText
            progress.show(console("操作 \(id)：\(text)", "Operation \(id): \(text)"))
            answer = try await client.get("/v1/operations/\(id)", query: ["wait": wait])
        }
        progress.clear()
        try console.show(answer)
        if let status = answer.value.exitStatus { throw ExitCode(status) }
    }
}

extension OperationRecord {
    /// What an operation that ended like this exits with; `nil` when all is well.
    var exitStatus: CommandStatus? {
        switch state {
        case .waiting, .running, .succeeded: nil
        case .cancelled: .refused
        case .failed:
            switch problem?.status ?? 500 {
            case 404: .notFound
            case ..<500: .refused
            default: .serviceError
            }
        }
    }
}
