import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan batch file ID`
struct BatchFile: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "file",
            abstract: "Save the file of a batch as it was submitted, without rows about people who were erased since."
        )
    }

    @Argument(help: "The number of the batch.")
    var id: Int64

    @Option(name: .shortAndLong, help: "Where to save it; by default under its own name here.", completion: .file())
    var output: String?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client(of: .ingest)
        let batch = try await client.get("/v1/batches/\(id)", as: Batch.self)
        // Only the last part: the name was given by whoever submitted the file.
        let path = output ?? batch.fileName.split(separator: "/").last.map(String.init) ?? "batch-\(id)"
        let progress = Progress(session.console)
        defer { progress.clear() }
        let label = session.console("下载", "Receiving")
        try await client.download("/v1/batches/\(id)/file", to: path) {
            progress.show(label, $0, of: $1, unit: byteCount)
        }
        progress.clear()
        try session.console.line(path)
    }
}
