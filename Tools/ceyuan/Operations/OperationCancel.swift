import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan operation cancel ID`
struct OperationCancel: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "cancel",
            abstract: "End an operation; one that runs ends at the next place where nothing is half done."
        )
    }

    @Argument(help: "The number of the operation.")
    var id: Int64

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client(of: .reports)
        let answer = try await client.post("/v1/operations/\(id)/cancel", as: Answer<OperationRecord>.self)
        try session.console.show(answer)
    }
}
