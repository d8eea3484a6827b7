public import PostgresClient

/// What the registry keeps of records that are one: merges, and later the candidates.
///
/// They count their versions apart from ``RegistryMigrations``, though their tables lie in the same schema.
public enum RegistryDuplicateMigrations {
    /// All migrations, oldest first. A migration that has shipped is never edited.
    public static let all: [Migration] = [
        Migration(schema: "registry_duplicates", version: 1, name: "merges", sql: merges),
        Migration(schema: "registry_duplicates", version: 2, name: "candidates", sql: candidates),
        Migration(schema: "registry_duplicates", version: 3, name: "what was believed of pairs", sql: beliefs),
    ]

    private static let merges = """
        -- One record took up another. What was believed of both before stands in their versions and statements.
        CREATE TABLE registry.merge (
            id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            absorbed_id bigint NOT NULL REFERENCES registry.record (id),
            survivor_id bigint NOT NULL REFERENCES registry.record (id),
            recorded_by bigint NOT NULL UNIQUE REFERENCES registry.recording (id),
            undone_by   bigint UNIQUE REFERENCES registry.recording (id) CHECK (undone_by > recorded_by),
            CHECK (absorbed_id <> survivor_id)
        );
        CREATE UNIQUE INDEX merge_standing ON registry.merge (absorbed_id) WHERE undone_by IS NULL;
        CREATE INDEX merge_absorbed ON registry.merge (absorbed_id);
        CREATE INDEX merge_survivor ON registry.merge (survivor_id);
        CREATE INDEX record_merged_into ON registry.record (merged_into) WHERE merged_into IS NOT NULL;

        ALTER TABLE registry.merge ENABLE ROW LEVEL SECURITY;
        ALTER TABLE registry.merge FORCE ROW LEVEL SECURITY;
        CREATE POLICY merge_by_records ON registry.merge
            USING (
                (SELECT identity.is_everywhere())
                OR EXISTS (SELECT FROM registry.record r WHERE r.id IN (absorbed_id, survivor_id))
            )
            WITH CHECK (
                (SELECT identity.is_everywhere()) OR (
                    EXISTS (SELECT FROM registry.record r WHERE r.id = absorbed_id)
                    AND EXISTS (SELECT FROM registry.record r WHERE r.id = survivor_id)
                )
            );
        REVOKE UPDATE, DELETE ON registry.merge FROM ceyuan_service;
        GRANT UPDATE (undone_by) ON registry.merge TO ceyuan_service;

        -- A record is only taken up by one of its kind that is kept itself. Whatever is merged leads on, so that no way
        -- ends where it began: the row is locked, or two could take up one another.
        CREATE FUNCTION registry.check_successor() RETURNS trigger
            LANGUAGE plpgsql SET ceyuan.regions = '*' AS $$
        BEGIN
            PERFORM FROM registry.record r
            WHERE r.id = NEW.merged_into AND r.kind = NEW.kind AND r.state IN ('active', 'closed')
            FOR NO KEY UPDATE;
            IF NOT FOUND THEN
                RAISE EXCEPTION 'record % cannot be merged into what is not kept, or of another kind', NEW.key
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'record_successor';
            END IF;
            RETURN NEW;
        END
        $$;
        CREATE TRIGGER check_successor BEFORE INSERT OR UPDATE OF merged_into ON registry.record
            FOR EACH ROW WHEN (NEW.merged_into IS NOT NULL) EXECUTE FUNCTION registry.check_successor();

        -- The record that a record leads to, as believed at an instant; itself unless it was merged. Whoever sees a
        -- record may know where it went.
        CREATE FUNCTION registry.successor(id bigint, at timestamptz) RETURNS bigint
            LANGUAGE plpgsql STABLE SET ceyuan.regions = '*' AS $$
        #variable_conflict use_variable
        DECLARE
            here bigint := id;
            next bigint;
        BEGIN
            LOOP
                SELECT m.survivor_id INTO next
                FROM registry.merge m
                    JOIN registry.recording begun ON begun.id = m.recorded_by
                    LEFT JOIN registry.recording ended ON ended.id = m.undone_by
                WHERE m.absorbed_id = here AND CASE
                    WHEN at IS NULL THEN m.undone_by IS NULL
                    ELSE begun.recorded_at <= at AND (m.undone_by IS NULL OR ended.recorded_at > at)
                END;
                IF NOT FOUND THEN
                    RETURN here;
                END IF;
                here := next;
            END LOOP;
        END
        $$;
        CREATE FUNCTION registry.led_to(id bigint, at timestamptz) RETURNS text
            LANGUAGE sql STABLE SET ceyuan.regions = '*' AS $$
                SELECT r.key FROM registry.record r WHERE r.id = registry.successor(led_to.id, led_to.at)
            $$;

        -- The numbers of the record of a key and of all that lead to it, as believed at an instant.
        CREATE FUNCTION registry.numbers_of(key text, at timestamptz) RETURNS bigint[]
            LANGUAGE sql STABLE SET ceyuan.regions = '*' AS $$
                WITH RECURSIVE taken (id) AS (
                    SELECT r.id FROM registry.record r WHERE r.key = numbers_of.key
                    UNION
                    SELECT m.absorbed_id
                    FROM taken
                        JOIN registry.merge m ON m.survivor_id = taken.id
                        JOIN registry.recording begun ON begun.id = m.recorded_by
                        LEFT JOIN registry.recording ended ON ended.id = m.undone_by
                    WHERE CASE
                        WHEN numbers_of.at IS NULL THEN m.undone_by IS NULL
                        ELSE begun.recorded_at <= numbers_of.at
                            AND (m.undone_by IS NULL OR ended.recorded_at > numbers_of.at)
                    END
                )
                SELECT array_agg(taken.id) FROM taken
            $$;

        -- What a record is found by besides its own: the keys of all that lead to it, and what was believed of them.
        CREATE FUNCTION registry.absorbed_names(id bigint) RETURNS TABLE (key text, attributes jsonb)
            LANGUAGE sql STABLE SET ceyuan.regions = '*' AS $$
                WITH RECURSIVE taken (id, recording) AS (
                    SELECT m.absorbed_id, m.recorded_by FROM registry.merge m
                    WHERE m.survivor_id = absorbed_names.id AND m.undone_by IS NULL
                    UNION
                    SELECT m.absorbed_id, m.recorded_by
                    FROM taken JOIN registry.merge m ON m.survivor_id = taken.id AND m.undone_by IS NULL
                )
                SELECT r.key, v.attributes
                FROM taken
                    JOIN registry.record r ON r.id = taken.id
                    LEFT JOIN registry.record_version v ON v.record_id = taken.id AND v.superseded_by = taken.recording
                ORDER BY r.key, v.valid_from DESC
            $$;

        -- As before, but for the successor: the last of a chain.
        CREATE OR REPLACE FUNCTION registry.related(keys text[])
            RETURNS TABLE (id bigint, key text, kind text, state text, merged_into text)
            LANGUAGE sql STABLE SET ceyuan.regions = '*' AS $$
                SELECT r.id, r.key, r.kind, r.state,
                    CASE WHEN r.merged_into IS NOT NULL THEN registry.led_to(r.id, NULL) END
                FROM registry.record r WHERE r.key = ANY (keys)
            $$;

        INSERT INTO identity.role_permission (role, permission) VALUES ('registry_officer', 'record.merge')
        ON CONFLICT DO NOTHING;
        """
}
