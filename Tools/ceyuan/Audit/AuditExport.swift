import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan audit export`
struct AuditExport: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "export",
            abstract: "Save the whole trail as NDJSON, for “ceyuan audit verify --file” on any machine."
        )
    }

    @Option(name: .shortAndLong, help: "The file to write.", completion: .file(extensions: ["ndjson"]))
    var output: String

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let progress = Progress(session.console)
        defer { progress.clear() }
        let label = session.console("导出", "Exporting")
        try await session.client(of: .registry).download("/v1/audit/export", to: output) {
            progress.show(label, $0, of: $1, unit: byteCount)
        }
        progress.clear()
        try session.console.line(output)
    }
}
