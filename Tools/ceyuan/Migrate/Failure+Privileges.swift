import DomainModel
import PostgresClient
import Storage

extension Failure {
    /// Refuses a database that was restored into a server without the roles of the services.
    ///
    /// - Throws: ``Failure`` when it is one; `PostgresError`.
    static func unlessPrivileged(_ pool: PostgresPool, _ statuses: [MigrationStatus]) async throws {
        guard try await ServiceRole.lacksPrivileges(in: pool, after: statuses) else { return }
        throw Failure(
            .local,
            "MIGRATION_PRIVILEGES_LOST",
            zh: "数据库结构完整，但服务角色的权限已丢失：恢复备份时服务器上还没有这些角色。",
            en: "The schema is there, but the privileges of the services are lost: the roles were missing when the dump"
                + " was restored.",
            hint: LocalizedText(
                zh: "清空该数据库，先运行 ceyuan migrate roles，再用 pg_restore --exit-on-error 重新恢复",
                en: "Empty the database, run “ceyuan migrate roles”, then restore again with pg_restore --exit-on-error"
            )
        )
    }
}
