import PostgresClient

/// Compares the database role of a service with what it should be: one to which row-level security applies, which may
/// touch the schemas of the service, and best no others.
struct RoleCheck: Sendable {
    /// The schemas that the service declares.
    let schemas: Set<String>

    /// Passes when the role is no superuser, does not bypass row-level security, owns no table, and has all schemas.
    ///
    /// - Returns: Schemas of the platform that the role may touch beside, in order.
    /// - Throws: ``HostError``: `roleTooPowerful`, `roleTooWeak`, `databaseUnreachable`.
    @discardableResult
    func check(_ database: PostgresPool) async throws -> [String] {
        let row: PostgresRow?
        do {
            row = try await database.queryOne(
                """
                /* host.role */ SELECT rolname, rolsuper, rolbypassrls, EXISTS (
                    SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE c.relowner = r.oid AND c.relkind IN ('r', 'p') AND n.nspname NOT LIKE 'pg\\_%'
                ), ARRAY(
                    SELECT nspname::text FROM pg_namespace
                    WHERE nspname NOT LIKE 'pg\\_%' AND nspname NOT IN ('information_schema', 'public', 'platform')
                        AND has_schema_privilege(oid, 'USAGE')
                    ORDER BY nspname
                ), ARRAY(
                    -- Migrations may go by a name that is none of a schema.
                    SELECT nspname::text FROM pg_namespace
                    WHERE nspname = ANY(\(schemas.sorted())::text[]) AND NOT has_schema_privilege(oid, 'USAGE')
                    ORDER BY nspname
                ) FROM pg_roles r WHERE rolname = current_user
                """
            )
        } catch let error as PostgresError where error.isUnavailable {
            throw HostError.databaseUnreachable(error.wordsOfConnecting)
        }
        guard let row else { return [] }
        let (name, isSuperuser, bypasses, owns, entered, missing) = try row.decode(
            (String, Bool, Bool, Bool, [String], [String]).self
        )
        let reasons = [
            isSuperuser ? "is a superuser" : nil, bypasses ? "bypasses row-level security" : nil,
            owns ? "owns tables" : nil,
        ].compactMap { $0 }
        guard reasons.isEmpty else { throw HostError.roleTooPowerful(name, reasons) }
        guard missing.isEmpty else { throw HostError.roleTooWeak(name, lacking: missing) }
        return entered.filter { !schemas.contains($0) }
    }
}
