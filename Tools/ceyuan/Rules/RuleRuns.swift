import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan rule runs`
struct RuleRuns: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "runs", abstract: "List the runs of the rules, newest first.")
    }

    @Option(help: "Only those that stand, or only trials: standing or trial.")
    var purpose: RuleRun.Purpose?

    @OptionGroup
    var moment: MomentOptions

    @OptionGroup
    var limit: LimitOption

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        try await session.list(
            RuleRun.self,
            of: .registry,
            "/v1/rule-runs",
            [
                "purpose": purpose?.rawValue, "asOf": moment.asOf?.description, "validAt": moment.validAt?.isoText,
            ],
            limit: limit.count
        )
    }
}
