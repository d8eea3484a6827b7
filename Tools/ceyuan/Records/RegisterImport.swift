import ArgumentParser
import DomainModel
import FoundationEssentials
import PlatformClient

/// `ceyuan register`: the register as a whole.
struct RegisterCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "register",
            abstract: "Load a folder of files into the register.",
            subcommands: [RegisterImport.self]
        )
    }
}

/// `ceyuan register import FOLDER`
struct RegisterImport: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "import",
            abstract: "Import all files of a folder, such as sample registry writes: records first, then statements.",
            discussion: """
                A file is named by what it holds: talent.csv, enterprise.ndjson, statement.employment.csv. Each is a batch \
                of its own, and a row of the table that is printed; one that is refused as a whole ends the import, and \
                what was loaded stays. Begun again, it goes over what is loaded already without effect.
                """
        )
    }

    @Argument(help: "A folder of CSV or NDJSON files.", completion: .directory)
    var folder: String

    @OptionGroup
    var options: SubmissionOptions

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        var batches: [Answer<Batch>] = []
        do {
            for source in try Self.sources(names) {
                let input = try InputFile("\(folder)/\(source.name)")
                session.console.remark(source.name)
                let submission = Submission(.registry, source.path, source.target, options.choices)
                batches.append(try await submission.batch(of: input, in: session))
                if let state = batches.last?.value.state, state == .refused || state == .failed { break }
            }
        } catch {
            // What was loaded before stays, so it is told.
            try session.console.list(answers: batches)
            throw error
        }
        try tell(batches, session.console)
    }

    /// Prints a row for each file, and below them what was wrong with any.
    private func tell(_ batches: [Answer<Batch>], _ console: Console) throws {
        try console.list(answers: batches)
        let faulty = batches.filter { $0.value.exitStatus != nil }
        for batch in faulty where console.format == .table {
            try console.line()
            try console.show(batch: batch)
        }
        if let status = faulty.last?.value.exitStatus { throw ExitCode(status) }
    }

    /// A file, and where it goes.
    struct Source: Equatable {
        let name: String
        let path: String
        var type: String?

        var target: Query { ["type": type] }
    }

    /// The files in the order in which they are to be loaded: what statements lead to comes before them.
    ///
    /// - Throws: ``Failure`` for a file whose name tells no kind.
    static func sources(_ names: [String]) throws -> [Source] {
        let kinds = RegistryKind.allCases.map { ($0.rawValue, $0.path + "/import", String?.none) }
        let statements = RecordModel.standard.statements.map {
            ("statement.\($0.code)", "/v1/statements/import", String?.some($0.code))
        }
        let tables = names.filter { name in [".csv", ".ndjson", ".jsonl"].contains { name.hasSuffix($0) } }.sorted()
        var left = tables
        var sources: [Source] = []
        for (stem, path, type) in kinds + statements {
            for name in tables where String(name.prefix { $0 != "." }) == stem || name.hasPrefix("\(stem).") {
                guard name.dropFirst(stem.count + 1).allSatisfy({ $0 != "." }) else { continue }
                sources.append(Source(name: name, path: path, type: type))
                left.removeAll { $0 == name }
            }
        }
        guard let stranger = left.first else { return sources }
        throw Failure(
            .refused,
            "FILE_OF_NO_KIND",
            zh: "文件名未说明内容：\(stranger)",
            en: "The name of the file does not say what it holds: \(stranger)",
            hint: LocalizedText(
                zh: "命名如 talent.csv、statement.employment.ndjson，或移出该目录",
                en: "Name it like talent.csv or statement.employment.ndjson, or move it elsewhere"
            )
        )
    }
}
