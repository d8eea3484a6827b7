import PostgresClient
import Storage
import TestSupport
import Testing

@Suite("Roles of the services")
struct ServiceRoleTests {
    @Test("every schema is some role's to touch, and no role may do what the role of all services may not")
    func privileges() async throws {
        try await withTestDatabase { pool in
            let schemas = try await pool.query(
                """
                SELECT nspname::text FROM pg_namespace
                WHERE nspname NOT LIKE 'pg\\_%' AND nspname NOT IN ('information_schema', 'public')
                """
            ).map { try $0.decode(String.self) }
            let named = Set(ServiceRole.all.flatMap { $0.schemas.keys })
            // Whoever adds a schema says in ServiceRole who uses it.
            #expect(Set(schemas) == named)
            for role in ServiceRole.all {
                let excess = try await pool.query(
                    """
                    SELECT format('%s %s', privilege, c.oid::regclass)
                    FROM pg_class c, unnest('{SELECT,INSERT,UPDATE,DELETE,TRUNCATE}'::text[]) AS privilege
                    WHERE c.relkind IN ('r', 'p') AND c.relnamespace::regnamespace::text NOT LIKE 'pg\\_%'
                        AND c.relnamespace <> 'information_schema'::regnamespace
                        AND has_table_privilege(\(role.name), c.oid, privilege)
                        AND NOT has_table_privilege(\(ServiceRole.everyService), c.oid, privilege)
                    """
                ).map { try $0.decode(String.self) }
                #expect(excess.isEmpty, "\(role.name)")
                // Whoever may write a schema runs every function of it that services may.
                let closed = try await pool.query(
                    """
                    SELECT p.oid::regprocedure::text FROM pg_proc p
                    WHERE p.pronamespace::regnamespace::text
                            = ANY(\(role.schemas.filter { $0.value == .write }.keys.sorted())::text[])
                        AND has_function_privilege(\(ServiceRole.everyService), p.oid, 'EXECUTE')
                        AND NOT has_function_privilege(\(role.name), p.oid, 'EXECUTE')
                    """
                ).map { try $0.decode(String.self) }
                #expect(closed.isEmpty, "\(role.name)")
                let entered = try await pool.query(
                    """
                    SELECT nspname::text FROM pg_namespace, aclexplode(nspacl) AS acl
                    WHERE acl.grantee = \(role.name)::regrole AND acl.privilege_type = 'USAGE'
                    """
                ).map { try $0.decode(String.self) }
                #expect(Set(entered) == Set(role.schemas.keys), "\(role.name)")
            }
        }
    }

    @Test("a role that was given too much loses it, and a privilege that was taken from all is taken from each")
    func alignment() async throws {
        try await withTestDatabase { pool in
            try await pool.withConnection {
                try await $0.execute(
                    script: """
                        GRANT USAGE ON SCHEMA reports TO ceyuan_ingest;
                        GRANT SELECT ON reports.edition TO ceyuan_ingest;
                        REVOKE DELETE ON statistics.series FROM ceyuan_service;
                        CREATE TABLE statistics.later (x int);
                        """
                )
            }
            try await ServiceRole.align(in: pool)
            let row = try await pool.queryOne(
                """
                SELECT has_schema_privilege('ceyuan_ingest', 'reports', 'USAGE'),
                    has_table_privilege('ceyuan_ingest', 'reports.edition', 'SELECT'),
                    has_table_privilege('ceyuan_ingest', 'statistics.series', 'DELETE'),
                    has_table_privilege('ceyuan_ingest', 'statistics.series', 'INSERT'),
                    has_table_privilege('ceyuan_ingest', 'statistics.later', 'INSERT'),
                    has_table_privilege('ceyuan_reports', 'statistics.later', 'INSERT')
                """
            )
            let found = try #require(row).decode((Bool, Bool, Bool, Bool, Bool, Bool).self)
            #expect(found == (false, false, false, true, true, false))
        }
    }

    @Test(
        "what is not a service's is refused",
        arguments: [
            (ServiceRole.ingest, "SELECT FROM reports.edition"), (.ingest, "DELETE FROM registry.region"),
            (.ingest, "INSERT INTO identity.access_grant DEFAULT VALUES"),
            (.ingest, "SELECT FROM webhooks.subscription"),
            (.ingest, "UPDATE identity.token SET expires_at = 'infinity'"),
            (.reports, "UPDATE statistics.plan SET end_year = 1"),
            (.reports, "UPDATE collection.batch SET state = 'x'"),
            (.reports, "UPDATE collection.vintage_clock SET newest = 'epoch'"),
            (.administration, "DELETE FROM registry.region"), (.administration, "UPDATE audit.event SET reason = 'x'"),
            (.registry, "INSERT INTO reports.figure DEFAULT VALUES"),
            (.registry, "UPDATE statistics.plan SET end_year = 1"),
        ] as [(ServiceRole, String)]
    )
    func refused(role: ServiceRole, sql: String) async throws {
        let database = try await TestDatabase.create()
        let pool = try database.makeServicePool(as: role.name)
        let error = await #expect(throws: PostgresError.self) {
            try await pool.withConnection { try await $0.execute(script: sql) }
        }
        #expect(error?.sqlState == .insufficientPrivilege)
        await pool.shutdown()
        try await database.drop()
    }

    @Test("days are kept by services, and by nobody else who is let into the schema")
    func days() async throws {
        let database = try await TestDatabase.create()
        let owner = try database.makePool()
        let service = try database.makeServicePool(as: ServiceRole.reports.name)
        try await service.query("SELECT jobs.keep_days('jobs.history', 30, 1)::text")
        let allowed = try await owner.queryOne(
            """
            SELECT EXISTS (
                SELECT FROM pg_proc, aclexplode(proacl) AS acl
                WHERE oid = 'jobs.keep_days(regclass,integer,integer)'::regprocedure AND acl.grantee = 0
            )
            """
        )
        #expect(try allowed?.decode(Bool.self) == false)
        await owner.shutdown()
        await service.shutdown()
        try await database.drop()
    }
}
