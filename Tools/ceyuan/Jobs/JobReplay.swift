import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan job replay ID`
struct JobReplay: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "replay",
            abstract: "Put a dead job back into the queue, with all its attempts."
        )
    }

    @Argument(help: "The number of the job.")
    var id: Int64

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client(of: .registry)
        try session.console.show(try await client.post("/v1/jobs/\(id)/replay", as: Answer<JobRecord>.self))
    }
}
