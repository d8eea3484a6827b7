public import PostgresClient

extension ServiceRole {
    /// The migration that gives ``everyService`` its privileges, which later ones only take away from.
    private static let granting = (schema: "identity", version: 2)

    /// Makes those roles of services that the server lacks, without any privilege: for a server into which a dump is to
    /// be restored, since privileges in a dump name roles, and no dump of a database has them.
    ///
    /// - Parameter pool: Connects to any database of the server, as somebody who may make roles.
    /// - Returns: The names of the roles that were made.
    /// - Throws: `PostgresError`.
    @discardableResult
    public static func make(in pool: PostgresPool) async throws -> [String] {
        let names = [everyService] + all.map(\.name)
        let there = try await pool.query("SELECT rolname::text FROM pg_roles WHERE rolname = ANY(\(names)::text[])")
            .map { try $0.decode(String.self) }
        try await pool.withConnection {
            try await $0.execute(
                script: """
                    DO $make$
                    DECLARE
                        one record;
                    BEGIN
                    \(making(names))
                    END
                    $make$
                    """
            )
        }
        return names.filter { !there.contains($0) }
    }

    /// PL/pgSQL that makes the roles that are absent; it wants a variable `one` of type `record`.
    static func making(_ names: [String]) -> String {
        """
        FOR one IN SELECT name FROM unnest('{\(names.joined(separator: ","))}'::text[]) AS name LOOP
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = one.name) THEN
                BEGIN
                    EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION'
                        ' NOBYPASSRLS', one.name);
                EXCEPTION
                    -- Roles belong to the server: another database of it was faster.
                    WHEN duplicate_object OR unique_violation THEN NULL;
                END;
            END IF;
        END LOOP;
        """
    }

    /// Whether a migrated database has lost the privileges of the services, as one does that was restored into a server
    /// without their roles. ``align(in:)`` cannot bring them back: nobody knows what migrations gave and took.
    ///
    /// - Parameters:
    ///   - pool: Connects as the owner of the schemas.
    ///   - statuses: The migrations of the database.
    /// - Returns: True also when the roles are there by now.
    /// - Throws: `PostgresError`.
    public static func lacksPrivileges(in pool: PostgresPool, after statuses: [MigrationStatus]) async throws -> Bool {
        let granted = statuses.contains { status in
            guard case .applied = status.state else { return false }
            return status.schema == granting.schema && status.version == granting.version
        }
        guard granted else { return false }
        let row = try await pool.queryOne(
            """
            SELECT NOT EXISTS (
                SELECT FROM pg_namespace, aclexplode(nspacl) AS given JOIN pg_roles ON pg_roles.oid = given.grantee
                WHERE nspname = \(granting.schema) AND rolname = \(everyService)
            )
            """
        )
        return try row?.decode(Bool.self) ?? false
    }
}
