import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan schedule show NAME`
struct ScheduleShow: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: "Print a schedule.")
    }

    @Argument(help: "The name of the schedule.")
    var name: String

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client(of: .registry)
        try session.console.show(
            try await client.get("/v1/schedules/\(PercentEncoding.encode(name))", as: Answer<Schedule>.self)
        )
    }
}
