import ArgumentParser

/// `ceyuan schedule`: see and change what begins again and again by itself.
struct ScheduleCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "schedule",
            abstract: "See and change what begins again and again by itself.",
            subcommands: [
                ScheduleList.self, ScheduleShow.self, ScheduleAdd.self, SchedulePause.self, ScheduleResume.self,
                ScheduleRun.self, ScheduleRemove.self,
            ]
        )
    }
}
