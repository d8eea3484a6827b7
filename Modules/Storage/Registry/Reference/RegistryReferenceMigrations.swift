public import PostgresClient

/// Platforms and programmes become records: what the reference tables of these names held is carried over.
///
/// They count their versions apart from ``RegistryMigrations``, though they work on tables of the same schema.
public enum RegistryReferenceMigrations {
    /// All migrations, oldest first. A migration that has shipped is never edited.
    public static let all: [Migration] = [
        Migration(
            schema: "registry_reference",
            version: 1,
            name: "platforms and programmes as records alone",
            sql: rows + fields + carrying + ending
        ),
        Migration(schema: "registry_reference", version: 2, name: "what regions and terms said before", sql: past),
    ]

    private static let rows = """
        -- The rows as they stood, by which the events of the audit trail that tell of them can be verified for ever.
        CREATE TABLE registry.carried_row (
            kind      text NOT NULL CHECK (kind IN ('platform', 'programme')),
            code      text NOT NULL,
            -- The record that it became.
            record_id bigint NOT NULL REFERENCES registry.record (id),
            batch_id  bigint NOT NULL,
            content   jsonb NOT NULL,
            PRIMARY KEY (kind, code)
        );
        CREATE INDEX carried_row_record ON registry.carried_row (record_id);

        -- What both tables say, by the fields of records; empty texts say nothing. A text longer than its field is cut:
        -- the whole of it stays in the content, in the form that the trail digests.
        CREATE VIEW registry.carried AS
        SELECT 'platform' AS kind, 'P' AS letter, p.code, p.batch_id, p.line, p.region_code, jsonb_strip_nulls(
            jsonb_build_object(
                'name_zh', nullif(left(p.name_zh, 200), ''), 'name_en', nullif(left(p.name_en, 200), ''),
                'type', p.type, 'status', s.status, 'status_printed', nullif(left(p.status, 200), s.status),
                'focus', nullif(left(p.research_focus, 2000), ''), 'host_name', nullif(left(p.host, 200), ''),
                'region', p.region_code, 'source_file', nullif(left(p.source_file, 2000), ''),
                'source_locator', nullif(left(p.source_locator, 2000), '')
            )
        ) AS attributes, jsonb_build_object(
            'code', p.code, 'name_zh', p.name_zh, 'name_en', p.name_en, 'type', p.type, 'host', p.host,
            'region', p.region_code, 'research_focus', p.research_focus, 'status', p.status,
            'source_file', p.source_file, 'source_locator', p.source_locator
        ) AS content
        FROM registry.platform p CROSS JOIN LATERAL (
            SELECT CASE
                WHEN p.status ~ '^(operating|founded|opened|settled|pilot|first |to aim for )' THEN 'operating'
                WHEN p.status ~ '^(building|approved)' THEN 'building'
                WHEN p.status ~ '^(planned|proposed|agreed|to be )' THEN 'planned'
                WHEN p.status ~ '^(ended|closed)' THEN 'ended'
            END AS status
        ) AS s
        UNION ALL
        SELECT 'programme', 'G', g.code, g.batch_id, g.line, NULL, jsonb_strip_nulls(
            jsonb_build_object(
                'name_zh', nullif(left(g.name_zh, 200), ''), 'name_en', nullif(left(g.name_en, 200), ''),
                'subject', CASE
                    WHEN g.subject IN ('talent', 'enterprise', 'platform', 'project') THEN g.subject
                    WHEN g.subject <> '' THEN 'other'
                END,
                'owner', nullif(left(g.owner, 200), ''), 'goals', nullif(left(g.quantified_goals, 2000), ''),
                'period', nullif(left(g.period, 100), ''), 'indicators', (
                    SELECT jsonb_agg(left(i.code, 100) ORDER BY i.place)
                    FROM unnest(g.indicator_codes) WITH ORDINALITY AS i (code, place) WHERE i.code <> ''
                ),
                'source_file', nullif(left(g.source_file, 2000), ''),
                'source_locator', nullif(left(g.source_locator, 2000), '')
            )
        ), jsonb_build_object(
            'code', g.code, 'name_zh', g.name_zh, 'name_en', g.name_en, 'subject', g.subject, 'owner', g.owner,
            'quantified_goals', g.quantified_goals, 'period', g.period, 'indicators', to_jsonb(g.indicator_codes),
            'source_file', g.source_file, 'source_locator', g.source_locator
        )
        FROM registry.programme g;


        """

    private static let ending = """

        DROP VIEW registry.carried;
        DROP TABLE registry.platform, registry.programme;

        CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON registry.carried_row
            FOR EACH ROW EXECUTE FUNCTION registry.refuse_change();
        CREATE TRIGGER no_truncation BEFORE TRUNCATE ON registry.carried_row
            FOR EACH STATEMENT EXECUTE FUNCTION registry.refuse_change();
        REVOKE INSERT, UPDATE, DELETE ON registry.carried_row FROM ceyuan_service;
        ALTER TABLE registry.carried_row ENABLE ROW LEVEL SECURITY;
        ALTER TABLE registry.carried_row FORCE ROW LEVEL SECURITY;
        CREATE POLICY carried_row_by_record ON registry.carried_row USING (
            (SELECT identity.is_everywhere()) OR EXISTS (SELECT FROM registry.record r WHERE r.id = record_id)
        );
        """
}
