public import PostgresClient

/// What the feed of changes needs: to find what a write has touched without reading the register.
///
/// They count their versions apart from ``RegistryMigrations``, though their tables lie in the same schema.
public enum RegistryChangeMigrations {
    /// All migrations, oldest first. A migration that has shipped is never edited.
    public static let all: [Migration] = [
        Migration(schema: "registry_changes", version: 1, name: "what a write has touched", sql: m0001)
    ]

    private static let m0001 = """
        CREATE INDEX record_version_recorded ON registry.record_version (recorded_by, record_id);
        CREATE INDEX record_version_superseded ON registry.record_version (superseded_by, record_id)
            WHERE superseded_by IS NOT NULL;
        CREATE INDEX statement_recorded ON registry.statement (recorded_by, subject_id);
        CREATE INDEX statement_superseded ON registry.statement (superseded_by, subject_id)
            WHERE superseded_by IS NOT NULL;
        -- The last write of a record that was merged or erased is the one that did so; it may touch nothing else.
        CREATE INDEX record_ended ON registry.record (recording_id, id) WHERE state IN ('merged', 'erased');
        """
}
