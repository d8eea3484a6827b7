import ArgumentParser
import DomainModel
import PostgresClient
import Storage

/// `ceyuan migrate up`
struct MigrateUp: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "up",
            abstract: "Apply the migrations that the database lacks, each in a transaction of its own.",
            discussion: "Then the roles of the services are made, and given what each needs and no more."
        )
    }

    @OptionGroup
    var database: DatabaseOption

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let (applied, statuses) = try await database.withMigrator { migrator, pool in
            try await Failure.unlessPrivileged(pool, try await migrator.status())
            let applied = try await migrator.up()
            try await ServiceRole.align(in: pool)
            return (applied, try await migrator.status())
        }
        let reports = statuses.filter { status in
            applied.contains { $0.schema == status.schema && $0.version == status.version }
        }
        let console = session.console
        if reports.isEmpty, console.format == .table {
            console.remark(console("数据库已是最新。", "The database is up to date."))
        } else {
            try console.list(reports.map(MigrationReport.init))
        }
    }
}
