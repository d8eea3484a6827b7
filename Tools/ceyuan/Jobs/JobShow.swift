import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan job show ID`
struct JobShow: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: "Print a job with its data and its last error.")
    }

    @Argument(help: "The number of the job.")
    var id: Int64

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client(of: .registry)
        try session.console.show(try await client.get("/v1/jobs/\(id)", as: Answer<JobRecord>.self))
    }
}
