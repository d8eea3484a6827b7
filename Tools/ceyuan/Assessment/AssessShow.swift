import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan assess show ID`
struct AssessShow: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: "Print an assessment with its findings.", aliases: ["get"])
    }

    @Argument(help: "The number of the assessment.")
    var id: Int64

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let answer = try await session.client(of: .reports).get("/v1/assessments/\(id)", as: Answer<Assessment>.self)
        try session.console.show(assessment: answer)
    }
}
