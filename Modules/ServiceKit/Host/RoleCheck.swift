import PostgresClient

/// Compares the database role of a service with what it should be: one to which row-level security applies.
struct RoleCheck: Sendable {
    /// Passes when the role is no superuser, does not bypass row-level security, and owns no table.
    ///
    /// - Throws: ``HostError``: `roleTooPowerful`, `databaseUnreachable`.
    func check(_ database: PostgresPool) async throws {
        let row: PostgresRow?
        do {
            row = try await database.queryOne(
                """
                /* host.role */ SELECT rolname, rolsuper, rolbypassrls, EXISTS (
                    SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE c.relowner = r.oid AND c.relkind IN ('r', 'p') AND n.nspname NOT LIKE 'pg\\_%'
                ) FROM pg_roles r WHERE rolname = current_user
                """
            )
        } catch let error as PostgresError where error.isUnavailable {
            throw HostError.databaseUnreachable("\(error)")
        }
        guard let row else { return }
        let (name, isSuperuser, bypasses, owns) = try row.decode((String, Bool, Bool, Bool).self)
        let reasons = [
            isSuperuser ? "is a superuser" : nil, bypasses ? "bypasses row-level security" : nil,
            owns ? "owns tables" : nil,
        ].compactMap { $0 }
        guard reasons.isEmpty else { throw HostError.roleTooPowerful(name, reasons) }
    }
}
