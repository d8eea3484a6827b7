import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan operation show ID`
struct OperationShow: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show",
            abstract: "Print how far an operation has come, and what it came to."
        )
    }

    @Argument(help: "The number of the operation.")
    var id: Int64

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client(of: .reports)
        try session.console.show(try await client.get("/v1/operations/\(id)", as: Answer<OperationRecord>.self))
    }
}
