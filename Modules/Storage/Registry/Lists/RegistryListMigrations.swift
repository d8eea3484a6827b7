public import PostgresClient

/// Lists of records that people have named.
///
/// They count their versions apart from ``RegistryMigrations``, though their tables lie in the same schema.
public enum RegistryListMigrations {
    /// All migrations, oldest first. A migration that has shipped is never edited.
    public static let all: [Migration] = [
        Migration(schema: "registry_lists", version: 1, name: "saved lists", sql: m0001)
    ]

    private static let m0001 = """
        CREATE TABLE registry.saved_list (
            id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            owner      text NOT NULL,
            name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
            sharing    text NOT NULL CHECK (sharing IN ('owner', 'role', 'everybody')),
            role       text REFERENCES identity.role (code) ON DELETE CASCADE,
            question   jsonb,
            keys       text[] CHECK (cardinality(keys) BETWEEN 1 AND 10000),
            changed_at timestamptz NOT NULL,
            UNIQUE (owner, name),
            CHECK ((sharing = 'role') = (role IS NOT NULL)),
            CHECK ((question IS NULL) <> (keys IS NULL))
        );

        -- Whoever sees a list sees of its records what they may see anyway.
        ALTER TABLE registry.saved_list ENABLE ROW LEVEL SECURITY;
        ALTER TABLE registry.saved_list FORCE ROW LEVEL SECURITY;
        CREATE POLICY saved_list_own ON registry.saved_list USING (owner = (SELECT identity.principal_id()));
        CREATE POLICY saved_list_shared ON registry.saved_list FOR SELECT USING (
            sharing = 'everybody' OR sharing = 'role' AND EXISTS (
                SELECT FROM identity.access_grant g
                WHERE g.principal_id = (SELECT identity.principal_id()) AND g.role = saved_list.role
                    AND g.revoked_at IS NULL AND g.valid_from <= now() AND (g.valid_until IS NULL OR g.valid_until > now())
            )
        );
        """
}
