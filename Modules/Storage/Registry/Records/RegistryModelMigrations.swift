public import PostgresClient

/// When fields were added to records.
///
/// They count their versions apart from ``RegistryMigrations``, though they work on a table of the same schema.
public enum RegistryModelMigrations {
    /// All migrations, oldest first. A migration that has shipped is never edited.
    public static let all: [Migration] = [
        Migration(schema: "registry_model", version: 1, name: "when fields were added", sql: declared)
    ]

    private static let declared = """
        -- Absent of fields that come with the platform, and where it is not known: they were always there.
        ALTER TABLE registry.field ADD COLUMN declared_at timestamptz;
        DO $$
        BEGIN
            IF to_regclass('audit.event') IS NOT NULL THEN
                UPDATE registry.field f SET declared_at = (
                    SELECT min(e.at) FROM audit.event e
                    WHERE e.subject_kind = 'field' AND e.subject_key = f.owner || '/' || f.code
                        AND e.action = 'field.declare'
                )
                WHERE f.owner_type = 'record' AND f.is_custom;
            END IF;
        END
        $$;
        """
}
