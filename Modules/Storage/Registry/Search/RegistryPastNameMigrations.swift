public import PostgresClient

/// What the search box needs to be asked of another time: the keys of names that records had once.
///
/// They count their versions apart from ``RegistryMigrations``, though their tables lie in the same schema.
public enum RegistryPastNameMigrations {
    /// All migrations, oldest first. A migration that has shipped is never edited.
    public static let all: [Migration] = [
        Migration(schema: "registry_past_names", version: 1, name: "names of another time", sql: keys + sources + walk)
    ]

    private static let keys = """
        -- What a record was found by once and is found by no longer, a row a key as in registry.search_key, so that what
        -- is asked of now reads none of it. It is made of the versions of records and can be made anew; the function
        -- below takes kind and region from the record.
        CREATE TABLE registry.past_key (
            kind      text COLLATE "C" NOT NULL,
            slot      smallint NOT NULL CHECK (slot IN (1, 3, 4, 5)),
            key       text COLLATE "C" NOT NULL CHECK (key <> ''),
            record_id bigint NOT NULL,
            -- Whose name it was: the record's own, or that of one which it took up.
            source_id bigint NOT NULL,
            -- The whole name and its readings: a question of several parts asks for all of them in one name.
            name      text COLLATE "C" NOT NULL,
            pinyin    text[] COLLATE "C" NOT NULL,
            region_id integer,
            PRIMARY KEY (kind, slot, key, record_id, source_id, name)
        );
        CREATE INDEX past_key_region ON registry.past_key (region_id, slot, key, record_id) INCLUDE (kind)
            WHERE region_id IS NOT NULL;
        CREATE INDEX past_key_record ON registry.past_key (record_id);
        CREATE INDEX past_key_source ON registry.past_key (source_id);

        -- Only the functions below read and write it.
        REVOKE ALL ON registry.past_key FROM ceyuan_service;
        ALTER TABLE registry.past_key ENABLE ROW LEVEL SECURITY;
        ALTER TABLE registry.past_key FORCE ROW LEVEL SECURITY;
        CREATE POLICY past_key_by_region ON registry.past_key USING (
            (SELECT identity.is_everywhere()) OR region_id = ANY ((SELECT identity.regions())::integer[])
        );

        -- Makes records be found by these past names and no others. Arrays of keys are parted by a character that no key
        -- has. It looks everywhere: a record that moves leaves keys behind in a region that the writer may not see.
        CREATE FUNCTION registry.put_past_names(
            records bigint[], owners bigint[], sources bigint[], names text[], insides text[], readings text[], firsts text[]
        ) RETURNS void
            LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET ceyuan.regions = '*'
        AS $$
            WITH given AS (
                SELECT DISTINCT ON (r.kind, known.slot, known.key, r.id, n.source_id, n.name) r.kind, known.slot, known.key,
                    r.id AS record_id, n.source_id, n.name, n.pinyin, r.region_id
                FROM (
                    SELECT owner_id, source_id, name, string_to_array(inside, chr(31)) AS inside,
                        string_to_array(pinyin, chr(31)) AS pinyin, string_to_array(initials, chr(31)) AS initials
                    FROM unnest(owners, sources, names, insides, readings, firsts)
                        AS one (owner_id, source_id, name, inside, pinyin, initials)
                ) n
                JOIN registry.record r ON r.id = n.owner_id AND r.state <> 'erased'
                JOIN registry.record source ON source.id = n.source_id AND source.state <> 'erased'
                CROSS JOIN LATERAL (
                    SELECT 1::smallint AS slot, n.name AS key
                    UNION ALL SELECT 3::smallint, unnest(n.pinyin)
                    UNION ALL SELECT 4::smallint, unnest(n.initials)
                    UNION ALL SELECT 5::smallint, unnest(n.inside)
                ) known
                WHERE known.key <> ''
                ORDER BY r.kind, known.slot, known.key, r.id, n.source_id, n.name, cardinality(n.pinyin) DESC
            ), gone AS (
                DELETE FROM registry.past_key p WHERE p.record_id = ANY (records) AND NOT EXISTS (
                    SELECT FROM given g
                    WHERE (g.kind, g.slot, g.key, g.record_id, g.source_id, g.name)
                        = (p.kind, p.slot, p.key, p.record_id, p.source_id, p.name)
                )
            )
            INSERT INTO registry.past_key AS p (kind, slot, key, record_id, source_id, name, pinyin, region_id)
            SELECT kind, slot, key, record_id, source_id, name, pinyin, region_id FROM given
            ON CONFLICT (kind, slot, key, record_id, source_id, name)
                DO UPDATE SET region_id = excluded.region_id WHERE p.region_id IS DISTINCT FROM excluded.region_id
        $$;

        -- Takes away what erased records were found by, also where another one had taken them up for a time.
        CREATE FUNCTION registry.forget_past_names(records bigint[]) RETURNS void
            LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET ceyuan.regions = '*'
        AS $$
            DELETE FROM registry.past_key p USING registry.record r
            WHERE r.id = ANY (records) AND r.state = 'erased' AND p.record_id = r.id;
            DELETE FROM registry.past_key p USING registry.record r
            WHERE r.id = ANY (records) AND r.state = 'erased' AND p.source_id = r.id
        $$;
        CREATE FUNCTION registry.record_erased() RETURNS trigger
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
        AS $$
        BEGIN
            PERFORM registry.forget_past_names(ARRAY[NEW.id]);
            RETURN NULL;
        END
        $$;
        CREATE TRIGGER record_erased AFTER UPDATE OF state ON registry.record
            FOR EACH ROW WHEN (NEW.state = 'erased') EXECUTE FUNCTION registry.record_erased();

        REVOKE EXECUTE ON FUNCTION registry.put_past_names, registry.forget_past_names, registry.record_erased FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION registry.put_past_names, registry.forget_past_names TO ceyuan_service;

        """
}
