import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan count records ID --region CODE`
struct CountRecords: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "records", abstract: "List the records that a counting counted.")
    }

    @Argument(help: "The number of the counting.")
    var id: Int64

    @Option(help: ArgumentHelp("The region, with those below it.", valueName: "code"))
    var region: String

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client(of: .registry)
        let pages = client.pages(
            "/v1/counts/\(id)/records",
            query: ["region": region, "limit": "500"],
            of: String.self
        )
        try session.console.list(try await pages.items().map(CountedRecord.init))
    }
}

/// A record that was counted.
struct CountedRecord: Codable, Sendable, Listed {
    let key: String

    init(_ key: String) { self.key = key }

    static var listing: [Column<CountedRecord>] { [.code("key", "记录", "record") { $0.key }] }
}
