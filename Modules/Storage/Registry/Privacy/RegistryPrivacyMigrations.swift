public import PostgresClient

/// What the registry needs to keep personal values sealed: keys of records, what values are found by, checks.
///
/// They count their versions apart from ``RegistryMigrations``, though their tables lie in the same schema.
public enum RegistryPrivacyMigrations {
    /// All migrations, oldest first. A migration that has shipped is never edited.
    public static let all: [Migration] = [
        Migration(schema: "registry_privacy", version: 1, name: "keys of records", sql: keys),
        Migration(schema: "registry_privacy", version: 2, name: "sealed values", sql: values),
    ]

    private static let keys = """
        -- The keys that the hosts have outside of the database, by name, and what tells whether a host has the same.
        CREATE TABLE registry.master_key (
            name  text COLLATE "C" PRIMARY KEY CHECK (name ~ '^(index:)?[A-Za-z0-9._-]{1,32}$'),
            proof bytea NOT NULL CHECK (length(proof) = 16)
        );
        -- With a second index key half of the values would not be found.
        CREATE UNIQUE INDEX master_key_index ON registry.master_key ((true)) WHERE name LIKE 'index:%';

        -- The key of a record's sealed values, of all its versions and of the statements about it, wrapped by a master
        -- key. To delete the row is to erase the values.
        CREATE TABLE registry.record_key (
            record_id bigint PRIMARY KEY REFERENCES registry.record (id),
            master    text COLLATE "C" NOT NULL,
            -- Form, nonce, key and tag.
            wrapped   bytea NOT NULL CHECK (length(wrapped) = 1 + 12 + 32 + 16)
        );
        CREATE INDEX record_key_master ON registry.record_key (master, record_id);

        -- What sealed values that are believed are found by: keyed hashes, useless without the index key.
        CREATE TABLE registry.blind_index (
            field     text COLLATE "C" NOT NULL
                CHECK (field ~ '^[a-z][a-z0-9_]{0,62}([.][a-z][a-z0-9_]{0,62})?$'),
            hash      bytea NOT NULL CHECK (length(hash) = 16),
            record_id bigint NOT NULL REFERENCES registry.record (id),
            PRIMARY KEY (field, hash, record_id)
        );
        CREATE INDEX blind_index_record ON registry.blind_index (record_id);

        -- How fast an identity reads personal values: when its bucket will be full again.
        CREATE TABLE registry.unmask_pace (
            principal text PRIMARY KEY,
            full_at   timestamptz NOT NULL
        );

        ALTER TABLE registry.record_key ENABLE ROW LEVEL SECURITY;
        ALTER TABLE registry.record_key FORCE ROW LEVEL SECURITY;
        CREATE POLICY record_key_by_record ON registry.record_key USING (
            (SELECT identity.is_everywhere()) OR EXISTS (SELECT FROM registry.record r WHERE r.id = record_id)
        );
        ALTER TABLE registry.blind_index ENABLE ROW LEVEL SECURITY;
        ALTER TABLE registry.blind_index FORCE ROW LEVEL SECURITY;
        CREATE POLICY blind_index_by_record ON registry.blind_index USING (
            (SELECT identity.is_everywhere()) OR EXISTS (SELECT FROM registry.record r WHERE r.id = record_id)
        );
        REVOKE UPDATE, DELETE ON registry.master_key FROM ceyuan_service;
        REVOKE UPDATE ON registry.blind_index FROM ceyuan_service;
        REVOKE DELETE ON registry.unmask_pace FROM ceyuan_service;
        """

    /// A sealed field holds sealed texts and nothing else: a value in the clear is refused here too.
    private static let values = """
        CREATE FUNCTION registry.is_sealed(value jsonb) RETURNS boolean
            LANGUAGE sql IMMUTABLE PARALLEL SAFE
            RETURN jsonb_typeof(value) = 'string'
                AND value #>> '{}' ~ '^sealed:1:[A-Za-z0-9+/]{40,}={0,2}$';

        CREATE OR REPLACE FUNCTION registry.field_allows(field registry.field, value jsonb) RETURNS boolean
            LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
        BEGIN
            IF field.code IS NULL THEN RETURN false; END IF;
            IF NOT field.is_many THEN
                RETURN CASE WHEN field.privacy = 'sealed' THEN registry.is_sealed(value)
                    ELSE registry.value_allowed(field, value) END;
            END IF;
            IF jsonb_typeof(value) <> 'array' THEN RETURN false; END IF;
            RETURN NOT EXISTS (
                SELECT FROM jsonb_array_elements(value) AS element (value)
                WHERE NOT CASE WHEN field.privacy = 'sealed' THEN registry.is_sealed(element.value)
                    ELSE registry.value_allowed(field, element.value) END
            );
        END
        $$;

        \(RegistryRecordMigrations.checkVersions(refusing: isRefused))
        """

    /// Whether the field `f`, which may be none, refuses the value `given.value`.
    private static let isRefused = """
        CASE
            WHEN f.code IS NULL THEN true
            WHEN f.privacy = 'sealed' AND NOT f.is_many THEN NOT registry.is_sealed(given.value)
            WHEN f.privacy = 'sealed' THEN jsonb_typeof(given.value) <> 'array' OR EXISTS (
                SELECT FROM jsonb_array_elements(given.value) AS element (value)
                WHERE NOT registry.is_sealed(element.value)
            )
            WHEN f.is_many OR f.type IN ('integer', 'year', 'decimal') THEN NOT registry.field_allows(f, given.value)
            WHEN f.type = 'boolean' THEN jsonb_typeof(given.value) <> 'boolean'
            WHEN jsonb_typeof(given.value) <> 'string' OR given.value = '""' THEN true
            WHEN f.type = 'term' THEN
                (f.vocabulary, given.value #>> '{}') NOT IN (SELECT c.vocabulary, c.code FROM registry.classification c)
            WHEN f.type = 'region' THEN given.value #>> '{}' NOT IN (SELECT g.code FROM registry.region g)
            WHEN f.type = 'choice' THEN NOT f.choices @> jsonb_build_array(jsonb_build_object('code', given.value))
            WHEN length(given.value #>> '{}') > f.maximum_length THEN true
            WHEN f.type = 'date' THEN NOT registry.value_allowed(f, given.value)
            ELSE f.pattern IS NOT NULL AND given.value #>> '{}' !~ ('^(?:' || f.pattern || ')$')
        END
        """
}
