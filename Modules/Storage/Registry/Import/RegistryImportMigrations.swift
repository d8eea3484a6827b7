public import PostgresClient

/// What bulk import of records needs. They count their versions apart from ``RegistryMigrations``, though they work on
/// tables of the same schema.
public enum RegistryImportMigrations {
    /// All migrations, oldest first. A migration that has shipped is never edited.
    public static let all: [Migration] = [
        Migration(schema: "registry_import", version: 1, name: "the recording of a batch", sql: m0001),
        Migration(schema: "registry_import", version: 2, name: "checks of values as one condition", sql: checks),
        Migration(schema: "registry_import", version: 3, name: "names and profiles by the set", sql: settling),
    ]

    private static let m0001 = """
        -- What a batch has brought is found by its recording: see the indexes of the feed of changes.
        CREATE INDEX recording_batch ON registry.recording (batch_id) WHERE batch_id IS NOT NULL;
        """
}
