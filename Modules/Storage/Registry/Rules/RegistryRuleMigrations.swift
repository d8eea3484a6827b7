public import PostgresClient

/// What the rules of the registry conclude: runs, and the facts that stand from one run to another.
///
/// They count their versions apart from ``RegistryMigrations``, though their tables lie in the same schema.
public enum RegistryRuleMigrations {
    /// All migrations, oldest first. A migration that has shipped is never edited.
    public static let all: [Migration] = [
        Migration(schema: "registry_rules", version: 1, name: "runs of rules and derived facts", sql: m0001),
        Migration(schema: "registry_rules", version: 2, name: "when runs were recorded", sql: recording),
    ]

    private static let m0001 = """
        -- One run: which rules, for which day, as believed when.
        CREATE TABLE registry.rule_run (
            id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            purpose    text NOT NULL CHECK (purpose IN ('standing', 'trial')),
            day        date NOT NULL,
            as_of      timestamptz NOT NULL,
            rules      text[] NOT NULL,
            -- The only record that was looked at; absent for all.
            record_id  bigint REFERENCES registry.record (id),
            principal  text NOT NULL,
            started_at timestamptz NOT NULL,
            records    bigint NOT NULL DEFAULT 0,
            facts      bigint NOT NULL DEFAULT 0,
            digest     text NOT NULL DEFAULT ''
        );

        -- Who holds this row is the only one who changes the facts that stand, so their runs follow one another.
        CREATE TABLE registry.rule_turn (single boolean PRIMARY KEY DEFAULT true CHECK (single));
        INSERT INTO registry.rule_turn DEFAULT VALUES;

        -- A fact stands from its first run until a later one no longer comes to it, or comes to it on other grounds.
        -- Of a trial both are the trial itself.
        CREATE TABLE registry.derived_fact (
            id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            first_run bigint NOT NULL REFERENCES registry.rule_run (id) ON DELETE CASCADE,
            until_run bigint REFERENCES registry.rule_run (id) CHECK (until_run >= first_run),
            record_id bigint NOT NULL REFERENCES registry.record (id),
            sort      text COLLATE "C" NOT NULL CHECK (sort IN ('tier', 'stage', 'title', 'expiry', 'warning')),
            term      text COLLATE "C" NOT NULL CHECK (term <> ''),
            rule      text NOT NULL CHECK (rule ~ '^[a-z_]+@[0-9]+$'),
            grounds   jsonb NOT NULL CHECK (jsonb_typeof(grounds) = 'array')
        );
        CREATE UNIQUE INDEX derived_fact_stands ON registry.derived_fact (record_id, sort, term) WHERE until_run IS NULL;
        CREATE INDEX derived_fact_term ON registry.derived_fact (sort, term, record_id) WHERE until_run IS NULL;
        CREATE INDEX derived_fact_first ON registry.derived_fact (first_run, record_id);
        CREATE INDEX derived_fact_until ON registry.derived_fact (until_run, record_id) WHERE until_run IS NOT NULL;

        ALTER TABLE registry.derived_fact ENABLE ROW LEVEL SECURITY;
        ALTER TABLE registry.derived_fact FORCE ROW LEVEL SECURITY;
        CREATE POLICY derived_fact_by_record ON registry.derived_fact USING (
            (SELECT identity.is_everywhere()) OR EXISTS (SELECT FROM registry.record r WHERE r.id = record_id)
        );

        REVOKE UPDATE ON registry.rule_run, registry.derived_fact FROM ceyuan_service;
        GRANT UPDATE (records, facts, digest) ON registry.rule_run TO ceyuan_service;
        GRANT UPDATE (until_run) ON registry.derived_fact TO ceyuan_service;
        REVOKE INSERT, DELETE ON registry.rule_turn FROM ceyuan_service;

        INSERT INTO identity.role_permission (role, permission)
        VALUES ('registry_officer', 'record.derive'), ('statistician', 'record.derive')
        ON CONFLICT DO NOTHING;
        """
}
