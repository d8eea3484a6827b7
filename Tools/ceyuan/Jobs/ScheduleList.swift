import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan schedule list`
struct ScheduleList: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: "List schedules by name.")
    }

    @OptionGroup
    var limit: LimitOption

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        try await session.list(Schedule.self, of: .registry, "/v1/schedules", [:], limit: limit.count)
    }
}
