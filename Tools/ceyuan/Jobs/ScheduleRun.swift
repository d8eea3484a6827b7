import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan schedule run NAME`
struct ScheduleRun: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "run", abstract: "Put the job of a schedule into the queue now.")
    }

    @Argument(help: "The name of the schedule.")
    var name: String

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client(of: .registry)
        try session.console.show(
            try await client.post("/v1/schedules/\(PercentEncoding.encode(name))/run", as: Answer<JobRecord>.self)
        )
    }
}
