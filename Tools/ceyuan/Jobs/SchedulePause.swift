import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan schedule pause NAME`
struct SchedulePause: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "pause", abstract: "Stop a schedule.")
    }

    @Argument(help: "The name of the schedule.")
    var name: String

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client(of: .registry)
        try session.console.show(
            try await client.post("/v1/schedules/\(PercentEncoding.encode(name))/pause", as: Answer<Schedule>.self)
        )
    }
}
