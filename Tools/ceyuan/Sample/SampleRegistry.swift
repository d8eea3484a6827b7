import ArgumentParser
import SyntheticRegistry

/// `ceyuan sample registry`
struct SampleRegistry: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "registry",
            abstract: "Make up a corridor (示例人口): persons with careers, firms with titles, platforms, projects.",
            discussion: """
                Writes a file a kind of record (talent, enterprise, organisation, platform, project) and one a kind of \
                statement (statement.employment, statement.title, …) into a directory, with the field codes of the \
                registry. The same numbers and seed give the same bytes. Memory does not grow with the numbers.

                Nobody of it exists. Identifiers pass their checks and can never have been given out: resident numbers \
                begin with 33222, a prefecture that ended before there were such numbers; organisation codes begin with \
                XX, ORCID iDs with 0000-0099, passports with XXS, telephones with 121; mail goes to example.com.
                """
        )
    }

    @Option(help: "How many persons.")
    var talents = 7_000

    @Option(help: "How many firms; platforms and projects follow from it.")
    var enterprises = 300

    @Option(help: "How many persons and firms of a thousand have a second record, as when two offices enter them.")
    var duplicates = 5

    @Option(help: "Where the random numbers begin.")
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("The directory to write to.", valueName: "path"), completion: .directory)
    var out: String

    @OptionGroup(title: "Everywhere; --format is ndjson, or csv")
    var global: GlobalOptions

    func validate() throws {
        // Counts of a day and sex fit the three places of a resident number up to here.
        guard (0...10_000_000).contains(talents) else { throw ValidationError("--talents is 0 to 10000000.") }
        guard global.format != .json else { throw ValidationError("--format is ndjson or csv.") }
        guard (0...1_000).contains(duplicates) else { throw ValidationError("--duplicates is 0 to 1000.") }
        guard (0...999_999).contains(enterprises) else { throw ValidationError("--enterprises is 0 to 999999.") }
    }

    func run() throws {
        let console = global.console
        let progress = Progress(console)
        let directory = try OutputDirectory(out)
        var registry = SyntheticRegistry(
            talents: talents,
            enterprises: enterprises,
            seed: seed,
            duplicates: duplicates
        )
        var files = SyntheticFiles(global.format == .csv ? .csv : .ndjson)
        let output = SampleOutput(directory)
        let count = Int64(registry.count)
        var done: Int64 = 0
        while let entry = registry.next() {
            try files.add(entry, output.append)
            done += 1
            if done % 10_000 == 0 { progress.show(console("生成", "Making up"), done, of: count) { "\($0)" } }
        }
        try files.finish(output.append)
        try output.end()
        progress.clear()
        for file in files.files where !global.quiet {
            print("\(file.name)\t\(file.rows)\t\(byteCount(Int64(file.bytes)))")
        }
    }
}
