public import PostgresClient

/// The schema `identity`: who there is, what roles allow, who has which role where, and tokens.
public enum IdentityMigrations {
    /// All migrations of the schema, oldest first. A migration that has shipped is never edited.
    public static let all: [Migration] = [
        Migration(schema: "identity", version: 1, name: "principals, roles, grants, tokens", sql: m0001),
        Migration(schema: "identity", version: 2, name: "the role of the services, and what policies ask", sql: m0002),
        Migration(schema: "identity", version: 3, name: "days are kept by services alone", sql: m0003),
    ]

    private static let m0001 = """
        CREATE SCHEMA identity;

        CREATE TABLE identity.principal (
            id          text PRIMARY KEY CHECK (id ~ '^(user|service):[a-z0-9][a-z0-9._@-]{0,126}$'),
            name        text NOT NULL,
            -- How an OpenID provider names the same person.
            issuer      text,
            subject     text,
            created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
            created_by  text NOT NULL,
            disabled_at timestamptz,
            CHECK ((issuer IS NULL) = (subject IS NULL)),
            UNIQUE (issuer, subject)
        );

        CREATE TABLE identity.role (
            code       text PRIMARY KEY CHECK (code ~ '^[a-z][a-z0-9_]{0,62}$'),
            name_zh    text NOT NULL,
            name_en    text NOT NULL,
            -- Built-in roles are changed by migrations only.
            is_builtin boolean NOT NULL DEFAULT false
        );

        -- '*' stands for every permission, also for those of plugins to come.
        CREATE TABLE identity.role_permission (
            role       text NOT NULL REFERENCES identity.role (code) ON DELETE CASCADE,
            permission text NOT NULL CHECK (permission ~ '^([a-z_]+[.][a-z_]+|[*])$'),
            PRIMARY KEY (role, permission)
        );

        -- A grant is ended, never deleted: who could see what at which time stays known.
        CREATE TABLE identity.access_grant (
            id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            principal_id text NOT NULL REFERENCES identity.principal (id),
            role         text NOT NULL REFERENCES identity.role (code),
            -- The region and all below it; absent: everywhere.
            region_code  text,
            valid_from   timestamptz NOT NULL,
            valid_until  timestamptz,
            granted_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
            granted_by   text NOT NULL,
            revoked_at   timestamptz,
            revoked_by   text,
            CHECK (valid_until > valid_from),
            CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
        );
        CREATE INDEX access_grant_principal ON identity.access_grant (principal_id);

        -- Only the SHA-256 of a token is kept: who reads this table cannot sign in with it.
        CREATE TABLE identity.token (
            id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            principal_id text NOT NULL REFERENCES identity.principal (id),
            name         text NOT NULL,
            hash         bytea NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
            hint         text NOT NULL,
            -- The permissions that it is limited to; absent: all that its owner has.
            scope        text[],
            created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
            created_by   text NOT NULL,
            expires_at   timestamptz NOT NULL,
            revoked_at   timestamptz,
            revoked_by   text,
            last_used_at timestamptz,
            CHECK (expires_at > created_at),
            CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
        );
        CREATE INDEX token_principal ON identity.token (principal_id);

        -- The one chance to make the first administrator.
        CREATE TABLE identity.bootstrap (
            singleton  boolean PRIMARY KEY DEFAULT true CHECK (singleton),
            hash       bytea NOT NULL CHECK (octet_length(hash) = 32),
            expires_at timestamptz NOT NULL,
            used_at    timestamptz
        );

        INSERT INTO identity.role (code, name_zh, name_en, is_builtin) VALUES
            ('administrator', '系统管理员', 'Administrator', true),
            ('registry_officer', '登记管理员', 'Registry officer', true),
            ('data_steward', '数据专员', 'Data steward', true),
            ('statistician', '统计师', 'Statistician', true),
            ('report_writer', '报告撰写人', 'Report writer', true),
            ('auditor', '审计员', 'Auditor', true),
            ('operator', '运维人员', 'Operator', true),
            ('viewer', '查阅者', 'Viewer', true);

        INSERT INTO identity.role_permission (role, permission)
        SELECT role, unnest(permissions) FROM (VALUES
            ('administrator', ARRAY['*']),
            ('registry_officer', ARRAY['registry.read', 'registry.write', 'statistics.read', 'batch.read']),
            ('data_steward', ARRAY['registry.read', 'statistics.read', 'batch.read', 'batch.submit']),
            ('statistician', ARRAY['registry.read', 'statistics.read', 'statistics.define', 'batch.read',
                'assessment.read', 'assessment.run', 'report.read']),
            ('report_writer', ARRAY['registry.read', 'statistics.read', 'batch.read', 'assessment.read',
                'assessment.run', 'report.read', 'report.write']),
            ('auditor', ARRAY['registry.read', 'statistics.read', 'batch.read', 'assessment.read', 'report.read',
                'identity.read', 'audit.read']),
            ('operator', ARRAY['identity.read', 'job.read', 'job.manage', 'schedule.read', 'schedule.manage',
                'event.read', 'webhook.read', 'webhook.manage']),
            ('viewer', ARRAY['registry.read', 'statistics.read', 'batch.read', 'assessment.read', 'report.read'])
        ) AS built_in (role, permissions);
        """

    private static let m0002 = """
        -- Whom services connect as: owns nothing, and is subject to row-level security. Roles belong to the server, so
        -- another database of it may have made this one. Without a password it gets in by socket only.
        DO $$
        BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ceyuan_service') THEN
                CREATE ROLE ceyuan_service LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
            END IF;
        EXCEPTION
            WHEN duplicate_object OR unique_violation THEN NULL;
        END
        $$;

        -- What is there already, and what the same migrating role makes later.
        DO $$
        DECLARE
            name text;
        BEGIN
            FOR name IN SELECT nspname FROM pg_namespace
                WHERE nspname NOT LIKE 'pg\\_%' AND nspname NOT IN ('information_schema', 'public')
            LOOP
                EXECUTE format('GRANT USAGE ON SCHEMA %I TO ceyuan_service', name);
                EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO ceyuan_service', name);
                EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA %I TO ceyuan_service', name);
            END LOOP;
        END
        $$;
        ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO ceyuan_service;
        ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ceyuan_service;
        ALTER DEFAULT PRIVILEGES GRANT USAGE ON SEQUENCES TO ceyuan_service;
        REVOKE INSERT, UPDATE, DELETE ON platform.migration FROM ceyuan_service;
        -- Grants and tokens are ended, not deleted.
        REVOKE DELETE ON identity.principal, identity.access_grant, identity.token FROM ceyuan_service;

        -- What the policies of row-level security ask. The settings are local to a transaction; where they are not set,
        -- nothing is to be seen.
        CREATE FUNCTION identity.is_everywhere() RETURNS boolean
            LANGUAGE sql STABLE PARALLEL SAFE
            RETURN coalesce(current_setting('ceyuan.regions', true), '') = '*';
        CREATE FUNCTION identity.regions() RETURNS integer[]
            LANGUAGE sql STABLE PARALLEL SAFE
            RETURN CASE
                WHEN coalesce(current_setting('ceyuan.regions', true), '') IN ('', '*') THEN '{}'::integer[]
                ELSE current_setting('ceyuan.regions', true)::integer[]
            END;
        CREATE FUNCTION identity.principal_id() RETURNS text
            LANGUAGE sql STABLE PARALLEL SAFE
            RETURN nullif(current_setting('ceyuan.principal', true), '');
        """

    private static let m0003 = """
        -- It runs with its owner's rights: not for whoever happens to be let into the schema.
        REVOKE EXECUTE ON FUNCTION jobs.keep_days(regclass, integer, integer) FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION jobs.keep_days(regclass, integer, integer) TO ceyuan_service;
        """
}
