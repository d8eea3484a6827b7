import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan region import FILE`
struct ReferenceImport<Kind: ReferenceKind>: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "import",
            abstract: "Import \(Kind.summary) from a CSV file: all of its rows or none.",
            discussion: """
                New codes are created, known ones are revised where they differ. The same file again changes nothing \
                and gets the same receipt. Exit code 1: the file was refused, and the conflicts are printed.
                """
        )
    }

    @Argument(help: "A CSV file with a header row.", completion: .file(extensions: ["csv"]))
    var file: String

    @Flag(help: "Do everything but write: the receipt is that of the import.")
    var rehearse = false

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let input = try InputFile(file)
        let progress = Progress(session.console)
        defer { progress.clear() }
        let query: Query = ["filename": input.name, "rehearse": rehearse ? "true" : nil]
        let batch = try await session.client(of: Kind.service).upload(
            "/v1/\(Kind.resource)/import",
            query: query,
            file: input.path,
            contentType: input.mediaType,
            progress: { progress.show(sent: $0, of: $1) },
            as: Answer<Batch>.self
        ).body
        progress.clear()
        try session.console.show(batch: batch)
        if let status = batch.value.exitStatus { throw ExitCode(status) }
    }
}
