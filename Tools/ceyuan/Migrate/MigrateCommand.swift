import ArgumentParser

/// `ceyuan migrate`: the schema of the database.
struct MigrateCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "migrate",
            abstract: "Bring the schema of a database up to date.",
            discussion: "The database is that of --database, else of CEYUAN_DATABASE_URL, else the private PostgreSQL.",
            subcommands: [MigrateUp.self, MigrateStatus.self, MigrateRoles.self]
        )
    }
}
