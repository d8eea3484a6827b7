import ArgumentParser
import DomainModel
import PostgresClient

/// `ceyuan migrate status`
struct MigrateStatus: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "status",
            abstract: "Tell which migrations the database has; exit code 1 says that it lacks some."
        )
    }

    @OptionGroup
    var database: DatabaseOption

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        try await database.withMigrator { migrator, pool in
            let statuses = try await migrator.status()
            let reports = statuses.map(MigrationReport.init)
            try session.console.list(reports)
            try await Failure.unlessPrivileged(pool, statuses)
            if !reports.allSatisfy(\.isApplied) { throw ExitCode(.refused) }
        }
    }
}
