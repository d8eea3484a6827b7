public import PostgresClient

extension ServiceRole {
    /// Makes the roles if they are absent, and gives each exactly what it is to have: to be run after migrations.
    ///
    /// What is as it should be already is not touched, so that a second run changes nothing.
    ///
    /// - Parameter pool: Connects as the owner of the schemas, who may make roles.
    /// - Throws: `PostgresError`.
    public static func align(in pool: PostgresPool) async throws {
        try await pool.withConnection { try await $0.execute(script: script(all)) }
    }

    /// The SQL of ``align(in:)``: one block, so one transaction.
    static func script(_ roles: [ServiceRole]) -> String {
        let schemas = roles.flatMap { role in
            role.schemas.sorted { $0.key < $1.key }.map { "('\(role.name)', '\($0.key)', '\($0.value.rawValue)')" }
        }
        let columns = roles.flatMap { role in role.columns.map { "('\(role.name)', '\($0.table)', '\($0.column)')" } }
        let inherited = roles.flatMap { role in role.inherited.map { "('\(role.name)', '\($0)')" } }
        return """
            DO $align$
            DECLARE
                one    record;
                part   record;
                wanted text[];
                found  text[];
            BEGIN
                -- Two at once would trip over each other's rows of the catalogue.
                PERFORM pg_advisory_xact_lock(hashtextextended('ceyuan roles', 0));
                SET LOCAL lock_timeout = '60s';

                \(making(roles.map(\.name)))
                FOR one IN SELECT * FROM (VALUES \(inherited.joined(separator: ", "))) AS v (member, role) LOOP
                    EXECUTE format('GRANT %I TO %I', one.role, one.member);
                END LOOP;

                FOR one IN
                    WITH access (role, schema, access) AS (VALUES \(schemas.joined(separator: ", ")))
                    SELECT r.oid, r.rolname AS role, n.oid AS namespace, n.nspname AS schema, a.access,
                        EXISTS (SELECT FROM aclexplode(n.nspacl) WHERE grantee = r.oid) AS enters
                    FROM pg_roles r CROSS JOIN pg_namespace n
                        LEFT JOIN access a ON a.role = r.rolname AND a.schema = n.nspname
                    WHERE r.rolname IN (SELECT role FROM access) AND n.nspname NOT LIKE 'pg\\_%'
                        AND n.nspname NOT IN ('information_schema', 'public')
                LOOP
                    IF one.enters AND one.access IS NULL THEN
                        EXECUTE format('REVOKE ALL ON SCHEMA %I FROM %I', one.schema, one.role);
                    ELSIF NOT one.enters AND one.access IS NOT NULL THEN
                        EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', one.schema, one.role);
                    END IF;
                    FOR part IN
                        SELECT c.oid, c.oid::regclass AS name, c.relacl, c.relispartition,
                            CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind
                        FROM pg_class c WHERE c.relnamespace = one.namespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
                    LOOP
                        wanted := ARRAY(
                            SELECT p FROM unnest(CASE
                                -- A partition asked by its own name would not know the policies of its table.
                                WHEN one.access IS NULL OR part.relispartition THEN '{}'::text[]
                                WHEN part.kind = 'SEQUENCE' AND one.access = 'write' THEN '{USAGE}'
                                WHEN part.kind = 'SEQUENCE' THEN '{}'
                                WHEN one.access = 'write' THEN '{DELETE,INSERT,SELECT,UPDATE}'
                                ELSE '{SELECT}'
                            END) AS p
                            WHERE CASE part.kind
                                WHEN 'SEQUENCE' THEN has_sequence_privilege('\(everyService)', part.oid, p)
                                ELSE has_table_privilege('\(everyService)', part.oid, p)
                            END
                            ORDER BY p
                        );
                        found := ARRAY(
                            SELECT privilege_type FROM aclexplode(part.relacl) WHERE grantee = one.oid ORDER BY 1
                        );
                        CONTINUE WHEN wanted = found;
                        EXECUTE format('REVOKE ALL ON %s %s FROM %I', part.kind, part.name, one.role);
                        CONTINUE WHEN wanted = '{}';
                        EXECUTE format('GRANT %s ON %s %s TO %I',
                            array_to_string(wanted, ', '), part.kind, part.name, one.role);
                    END LOOP;
                    -- Where a table lets single columns be changed and no others.
                    FOR part IN
                        SELECT c.oid::regclass AS name, a.attname AS field
                        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
                        WHERE c.relnamespace = one.namespace AND NOT c.relispartition AND one.access = 'write'
                            AND EXISTS (
                                SELECT FROM aclexplode(a.attacl) given
                                WHERE given.grantee = '\(everyService)'::regrole AND given.privilege_type = 'UPDATE'
                            )
                    LOOP
                        EXECUTE format('GRANT UPDATE (%I) ON %s TO %I', part.field, part.name, one.role);
                    END LOOP;
                    -- Functions that are not everybody's: who only reads gets those that only read.
                    FOR part IN
                        SELECT p.oid::regprocedure AS name,
                            one.access IS NOT NULL AND has_function_privilege('\(everyService)', p.oid, 'EXECUTE')
                                AND (one.access = 'write' OR p.provolatile <> 'v') AS wanted,
                            EXISTS (SELECT FROM aclexplode(p.proacl) WHERE grantee = one.oid) AS found
                        FROM pg_proc p
                        WHERE p.pronamespace = one.namespace AND p.proacl IS NOT NULL
                            AND NOT EXISTS (SELECT FROM aclexplode(p.proacl) WHERE grantee = 0)
                    LOOP
                        IF part.wanted AND NOT part.found THEN
                            EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %I', part.name, one.role);
                        ELSIF part.found AND NOT part.wanted THEN
                            EXECUTE format('REVOKE ALL ON FUNCTION %s FROM %I', part.name, one.role);
                        END IF;
                    END LOOP;
                END LOOP;
                FOR one IN SELECT * FROM (VALUES \(columns.joined(separator: ", "))) AS v (role, name, field) LOOP
                    EXECUTE format('GRANT UPDATE (%I) ON %s TO %I', one.field, one.name::regclass, one.role);
                END LOOP;
            END
            $align$
            """
    }
}
