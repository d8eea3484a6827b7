import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan schedule remove NAME`
struct ScheduleRemove: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "remove", abstract: "Remove a schedule; jobs that it has begun go on.")
    }

    @Argument(help: "The name of the schedule.")
    var name: String

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        try await session.client(of: .registry).delete("/v1/schedules/\(PercentEncoding.encode(name))")
        session.console.remark(session.console("已删除计划 \(name)。", "Schedule \(name) is removed."))
    }
}
