import ArgumentParser
import DomainModel
import LocalPostgres
import Logging
import PostgresClient
import Storage

/// Which database a command works on directly.
struct DatabaseOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The database, as libpq takes it. Otherwise CEYUAN_DATABASE_URL, then the private PostgreSQL.",
            valueName: "url"
        )
    )
    var database: String?

    /// Runs a body with the migrator of the database, and its only connection.
    ///
    /// - Throws: ``Failure`` when there is no database; what the body throws.
    func withMigrator<Result>(_ body: (Migrator, PostgresPool) async throws -> Result) async throws -> Result {
        var url = database ?? Environment["CEYUAN_DATABASE_URL"]
        if url == nil { url = try await LocalHome().runningEndpoint().connectionString }
        var configuration = try PostgresConfiguration(connectionString: url ?? "")
        configuration.applicationName = "ceyuan"
        configuration.maximumConnections = 1
        let pool = PostgresPool(configuration: configuration, logger: Logger(label: "ceyuan"))
        do {
            let result = try await body(Migrator(pool: pool, migrations: StorageMigrations.all), pool)
            await pool.shutdown()
            return result
        } catch {
            await pool.shutdown()
            throw error
        }
    }
}

/// A migration as it is printed.
struct MigrationReport: Listed {
    let schema: String
    let version: Int
    let name: String
    let state: String
    let appliedAt: Instant?
    let checksum: String

    init(_ status: MigrationStatus) {
        schema = status.schema
        version = status.version
        name = status.name
        checksum = status.checksum
        (state, appliedAt) =
            switch status.state {
            case .pending: ("pending", nil)
            case .applied(let at): ("applied", Instant(microsecondsSince1970: at.microsecondsSince1970))
            case .changed(let at): ("changed", Instant(microsecondsSince1970: at.microsecondsSince1970))
            case .unknown(let at): ("unknown", Instant(microsecondsSince1970: at.microsecondsSince1970))
            }
    }

    /// Whether the database is as the program has it.
    var isApplied: Bool { state == "applied" }

    static var listing: [Column<MigrationReport>] {
        [
            .text("schema", "模式", "schema") { $0.schema },
            .number("version", "版本", "version") { $0.version },
            .text("name", "内容", "name") { $0.name },
            .code("state", "状态", "state", style: { $0.isApplied ? .green : .yellow }, \.state),
            .text("checksum", "校验和", "checksum", in: .csv) { $0.checksum },
        ] + Column.instant("applied_at", "应用时间", "applied at") { $0.appliedAt }
    }
}
