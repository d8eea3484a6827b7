import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan count run MEASURE… --period 2024`
struct CountRun: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "run",
            abstract: "Count measures for all regions.",
            discussion: "The counted records are kept with the values; `ceyuan count records` lists them."
        )
    }

    @Argument(help: "Measures such as enterprise.nhte; all of them if none is named.")
    var measures: [String] = []

    @OptionGroup
    var window: CountWindow

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let counted = try await window.count(measures, in: session)
        try await session.list(counted.flatMap { window.rows(of: $0) })
    }
}
