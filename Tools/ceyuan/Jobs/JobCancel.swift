import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan job cancel ID`
struct JobCancel: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "cancel",
            abstract: "End a job: an open one as soon as its worker sees it, a dead one at once."
        )
    }

    @Argument(help: "The number of the job.")
    var id: Int64

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client(of: .registry)
        try session.console.show(try await client.post("/v1/jobs/\(id)/cancel", as: Answer<JobRecord>.self))
    }
}
