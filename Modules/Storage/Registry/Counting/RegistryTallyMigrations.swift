public import PostgresClient

/// What counting all measures in one pass needs, and lists by the last write.
///
/// They count their versions apart from ``RegistryMigrations``, though their tables lie in the same schema.
public enum RegistryTallyMigrations {
    /// All migrations, oldest first. A migration that has shipped is never edited.
    public static let all: [Migration] = [
        Migration(schema: "registry_counts", version: 1, name: "counts in one pass", sql: m0001),
        Migration(schema: "registry_counts", version: 2, name: "lists by the last write", sql: m0002),
    ]

    private static let m0001 = """
        -- What rules look at of statements, in the order of their subjects: a counting reads no other part of the table.
        CREATE INDEX statement_counted ON registry.statement (subject_id) INCLUDE (type, term, valid)
            WHERE superseded_by IS NULL
                AND type IN ('certification', 'listing', 'presence', 'reserve', 'tier', 'title');

        CREATE AGGREGATE registry.all_of(bigint[]) (SFUNC = array_cat, STYPE = bigint[], INITCOND = '{}');

        -- So that a value is told without reading who was counted.
        ALTER TABLE registry.tally_part
            ADD COLUMN counted integer NOT NULL GENERATED ALWAYS AS (cardinality(records)) STORED;
        -- Numbers of records hardly get smaller, and compressing a million of them takes longer than counting.
        ALTER TABLE registry.tally_part ALTER COLUMN records SET STORAGE EXTERNAL;
        """

    private static let m0002 = """
        CREATE INDEX record_changed ON registry.record (kind, recording_id, key);
        """
}
