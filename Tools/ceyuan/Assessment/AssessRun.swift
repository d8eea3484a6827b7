import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan assess run --plan P`
struct AssessRun: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "run", abstract: "Judge every target of a plan at a period.")
    }

    @Option(help: ArgumentHelp("The plan to judge.", valueName: "code"))
    var plan: String

    @Option(help: "The period to judge it at; by default the last year of the plan.")
    var period: Period?

    @Option(help: "With the data known at this instant, or at the end of this day (UTC).")
    var asOf: Instant?

    @Flag(help: "Print how many findings there are of each kind, and not the findings.")
    var summary = false

    @Flag(name: .customLong("no-wait"), help: "Do not wait; print the operation, for ceyuan operation watch.")
    var noWait = false

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let order = AssessmentRequest(plan: plan, period: period, asOf: asOf)
        if noWait {
            let client = try session.client(of: .reports, isLater: true)
            return try session.console.show(
                try await client.post("/v1/assessments", body: order, as: Answer<OperationRecord>.self)
            )
        }
        let progress = Progress(session.console)
        defer { progress.clear() }
        progress.show(session.console("评估中……", "Judging …"))
        let answer = try await session.client(of: .reports).post(
            "/v1/assessments",
            body: order,
            as: Answer<Assessment>.self
        )
        progress.clear()
        try session.console.show(assessment: answer, summaryOnly: summary)
    }
}
