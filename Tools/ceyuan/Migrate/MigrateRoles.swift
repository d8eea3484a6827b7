import ArgumentParser
import DomainModel
import Storage

/// `ceyuan migrate roles`
struct MigrateRoles: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "roles",
            abstract: "Make the roles of the services in a server into which a dump is to be restored.",
            discussion: "No dump of a database has them, and privileges that name them are lost without. What is there"
                + " already stays as it is."
        )
    }

    @OptionGroup
    var database: DatabaseOption

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        let made = try await database.withMigrator { _, pool in try await ServiceRole.make(in: pool) }
        let console = session.console
        if made.isEmpty, console.format == .table {
            console.remark(console("角色均已存在。", "All roles are there."))
        } else {
            try console.list(made.map(MadeRole.init))
        }
    }
}

/// A role of the server as it is printed.
private struct MadeRole: Listed {
    let role: String

    static var listing: [Column<MadeRole>] {
        [.code("role", "角色", "role", \.role)]
    }
}
