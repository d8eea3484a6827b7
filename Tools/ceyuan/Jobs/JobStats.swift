import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan job stats`
struct JobStats: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "stats",
            abstract: "Count the jobs of each kind that wait, run, or were given up."
        )
    }

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let page: Page<Answer<JobCounts>> = try await session.client(of: .registry).get("/v1/job-kinds")
        try session.console.list(answers: page.items)
    }
}
