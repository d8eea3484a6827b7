import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan schedule add NAME --cron "0 8 1 * *" --kind KIND`
struct ScheduleAdd: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "add", abstract: "Make a schedule, or change the one of the name.")
    }

    @Argument(help: "The name of the schedule.")
    var name: String

    @Option(help: "When: minute, hour, day, month, day of the week.")
    var cron: String

    @Option(help: "In which time zone.")
    var zone: String = "Asia/Shanghai"

    @Option(help: "What kind of job begins.")
    var kind: String

    @Option(help: "The data of the job: a JSON document.")
    var payload: String?

    @Option(help: "Higher goes first.")
    var priority: Int?

    @Option(help: "What happens to a time that passed while nothing ran.")
    var missed: Schedule.Missed?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let order = ScheduleOrder(
            cron: cron,
            timeZone: zone,
            kind: kind,
            payload: payload,
            priority: priority,
            missed: missed
        )
        let client = try session.client(of: .registry)
        try session.console.show(
            try await client.put(
                "/v1/schedules/\(PercentEncoding.encode(name))",
                body: order,
                as: Answer<Schedule>.self
            )
        )
    }
}
