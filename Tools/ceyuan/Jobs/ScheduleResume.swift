import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan schedule resume NAME`
struct ScheduleResume: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "resume", abstract: "Let a schedule go on with its next time.")
    }

    @Argument(help: "The name of the schedule.")
    var name: String

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client(of: .registry)
        try session.console.show(
            try await client.post("/v1/schedules/\(PercentEncoding.encode(name))/resume", as: Answer<Schedule>.self)
        )
    }
}
