public import PostgresClient

/// What the search box of the registry needs: the names of records, and the keys that they are found by.
///
/// They count their versions apart from ``RegistryMigrations``, though their tables lie in the same schema.
public enum RegistrySearchMigrations {
    /// All migrations, oldest first. A migration that has shipped is never edited.
    public static let all: [Migration] = [
        Migration(schema: "registry_search", version: 1, name: "names and their keys", sql: m0001),
        Migration(schema: "registry_search", version: 2, name: "the first answers, for facets", sql: first),
    ]

    private static let m0001 = """
        -- One name or public identifier of a record, with what it is found by. What is sealed never stands here.
        CREATE TABLE registry.search_entry (
            record_id bigint NOT NULL REFERENCES registry.record (id),
            ordinal   smallint NOT NULL CHECK (ordinal >= 0),
            kind      text COLLATE "C" NOT NULL CHECK (kind ~ '^[a-z_]{1,32}$'),
            -- The field that it comes from.
            field     text NOT NULL CHECK (field ~ '^[a-z][a-z0-9_]{0,62}$'),
            -- Absent for a record that lies in no region.
            region_id integer REFERENCES registry.region (id),
            shown     text NOT NULL,
            name      text COLLATE "C" NOT NULL,
            inside    text[] COLLATE "C" NOT NULL,
            pinyin    text[] COLLATE "C" NOT NULL,
            initials  text[] COLLATE "C" NOT NULL,
            PRIMARY KEY (record_id, ordinal)
        );

        -- The keys apart, each in an order of its own: the first of any question are found without reading the rest.
        -- Slots are ranks: 1 the name itself, 3 Pinyin, 4 initials, 5 what is inside.
        CREATE TABLE registry.search_key (
            kind      text COLLATE "C" NOT NULL,
            slot      smallint NOT NULL,
            key       text COLLATE "C" NOT NULL,
            record_id bigint NOT NULL,
            ordinal   smallint NOT NULL,
            region_id integer,
            PRIMARY KEY (kind, slot, key, record_id, ordinal)
        );
        CREATE INDEX search_key_region ON registry.search_key (region_id, slot, key, record_id, ordinal) INCLUDE (kind)
            WHERE region_id IS NOT NULL;

        -- Only the functions below read and write the keys.
        REVOKE ALL ON registry.search_key FROM ceyuan_service;

        ALTER TABLE registry.search_entry ENABLE ROW LEVEL SECURITY;
        ALTER TABLE registry.search_entry FORCE ROW LEVEL SECURITY;
        CREATE POLICY search_entry_by_region ON registry.search_entry USING (
            (SELECT identity.is_everywhere()) OR region_id = ANY ((SELECT identity.regions())::integer[])
        );
        ALTER TABLE registry.search_key ENABLE ROW LEVEL SECURITY;
        ALTER TABLE registry.search_key FORCE ROW LEVEL SECURITY;
        CREATE POLICY search_key_by_region ON registry.search_key USING (
            (SELECT identity.is_everywhere()) OR region_id = ANY ((SELECT identity.regions())::integer[])
        );

        CREATE FUNCTION registry.search_entry_keys(entry registry.search_entry)
            RETURNS TABLE (slot smallint, key text)
            LANGUAGE sql IMMUTABLE PARALLEL SAFE
            BEGIN ATOMIC
                SELECT 1::smallint, entry.name WHERE entry.name <> ''
                UNION SELECT 3::smallint, unnest(entry.pinyin)
                UNION SELECT 4::smallint, unnest(entry.initials)
                UNION SELECT 5::smallint, unnest(entry.inside);
            END;

        -- Keeps the keys the same as the entries, a statement at a time. It looks everywhere: a record that moves leaves
        -- keys behind in a region that the writer may not see.
        CREATE FUNCTION registry.search_entry_changed() RETURNS trigger
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET ceyuan.regions = '*'
        AS $$
        BEGIN
            IF TG_OP IN ('UPDATE', 'DELETE') THEN
                DELETE FROM registry.search_key k
                USING (
                    SELECT e.kind, known.slot, known.key, e.record_id, e.ordinal
                    FROM old_entry e CROSS JOIN LATERAL registry.search_entry_keys(e) known
                ) gone
                WHERE k.kind = gone.kind AND k.slot = gone.slot AND k.key = gone.key
                    AND k.record_id = gone.record_id AND k.ordinal = gone.ordinal;
            END IF;
            IF TG_OP IN ('INSERT', 'UPDATE') THEN
                -- In the order of the index, so that a large load fills its pages one after the other.
                INSERT INTO registry.search_key (kind, slot, key, record_id, ordinal, region_id)
                SELECT e.kind, known.slot, known.key, e.record_id, e.ordinal, e.region_id
                FROM new_entry e CROSS JOIN LATERAL registry.search_entry_keys(e) known
                ORDER BY 1, 2, 3, 4, 5;
            END IF;
            RETURN NULL;
        END
        $$;
        CREATE TRIGGER search_entry_inserted AFTER INSERT ON registry.search_entry
            REFERENCING NEW TABLE AS new_entry FOR EACH STATEMENT EXECUTE FUNCTION registry.search_entry_changed();
        CREATE TRIGGER search_entry_updated AFTER UPDATE ON registry.search_entry
            REFERENCING OLD TABLE AS old_entry NEW TABLE AS new_entry
            FOR EACH STATEMENT EXECUTE FUNCTION registry.search_entry_changed();
        CREATE TRIGGER search_entry_deleted AFTER DELETE ON registry.search_entry
            REFERENCING OLD TABLE AS old_entry FOR EACH STATEMENT EXECUTE FUNCTION registry.search_entry_changed();

        -- In what ways a name answers a question: the rule of SearchQuestion.match.
        CREATE FUNCTION registry.search_ranks(entry registry.search_entry, whole text, readings text[], parts text[])
            RETURNS TABLE (rank smallint, key text)
            LANGUAGE sql IMMUTABLE PARALLEL SAFE
            BEGIN ATOMIC
                SELECT CASE WHEN entry.name = whole THEN 1::smallint ELSE 2::smallint END, entry.name
                WHERE starts_with(entry.name, whole)
                UNION ALL
                SELECT 3::smallint, k FROM unnest(entry.pinyin) k, unnest(readings) r WHERE starts_with(k, r)
                UNION ALL
                SELECT 4::smallint, k FROM unnest(entry.initials) k, unnest(readings) r WHERE starts_with(k, r)
                UNION ALL
                SELECT 5::smallint, k
                FROM unnest(CASE WHEN cardinality(parts) > 1 THEN entry.inside || entry.name ELSE entry.inside END) k
                WHERE starts_with(k, parts[1]) AND NOT EXISTS (
                    SELECT FROM unnest(parts[2:]) part
                    WHERE strpos(entry.name, part) = 0
                        AND NOT EXISTS (SELECT FROM unnest(entry.pinyin) p WHERE strpos(p, part) > 0)
                );
            END;

        -- The records that answer a question, best first, as far as the caller's regions reach. It runs as its owner,
        -- because who may search may not read all keys. Each kind, or each region of the caller, has a range of an index
        -- of its own, of which only the beginning is read.
        CREATE FUNCTION registry.search(
            whole text, readings text[], parts text[], kinds text[],
            after_rank smallint, after_key text, after_record bigint, after_ordinal smallint, most integer
        ) RETURNS TABLE (rank smallint, key text, record_id bigint, ordinal smallint)
            LANGUAGE plpgsql STABLE SECURITY DEFINER
            SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
        AS $$
        #variable_conflict use_column
        DECLARE
            is_everywhere constant boolean := identity.is_everywhere();
            -- How many keys are looked at in one go; most of them answer, unless other parts are to be in the name.
            step         constant integer := CASE WHEN cardinality(parts) > 1 THEN 500 ELSE most END;
            given        integer := 0;
            looked       integer;
            found        record;
            wanted       smallint;
            slots        smallint[];
            lows         text[];
            highs        text[];
            from_key     text COLLATE "C";
            from_record  bigint;
            from_ordinal smallint;
        BEGIN
            FOR number IN coalesce(after_rank, 1)..5 LOOP
                wanted := number;
                lows := CASE
                    WHEN wanted IN (3, 4) THEN readings
                    WHEN wanted = 5 AND cardinality(parts) > 1 THEN ARRAY[parts[1], parts[1]]
                    ELSE ARRAY[whole]
                END;
                CONTINUE WHEN cardinality(lows) = 0;
                slots := CASE
                    WHEN wanted IN (1, 2) THEN ARRAY[1]
                    WHEN wanted IN (3, 4) THEN array_fill(number, ARRAY[cardinality(lows)])
                    WHEN cardinality(parts) > 1 THEN ARRAY[5, 1]
                    ELSE ARRAY[5]
                END::smallint[];
                -- Nothing lies between a text and itself with the smallest character behind it; all that begins with it
                -- lies before itself with the greatest one behind it.
                highs := ARRAY(
                    SELECT low || CASE WHEN wanted = 1 THEN chr(1) ELSE chr(1114111) END
                    FROM unnest(lows) WITH ORDINALITY each (low, place) ORDER BY place
                );
                from_key := CASE WHEN wanted = after_rank THEN after_key ELSE '' END;
                from_record := CASE WHEN wanted = after_rank THEN after_record ELSE -1 END;
                from_ordinal := CASE WHEN wanted = after_rank THEN after_ordinal ELSE -1 END;
                LOOP
                    looked := 0;
                    IF is_everywhere THEN
                        FOR found IN
                            SELECT next.key, next.record_id, next.ordinal, (
                                -- Each record stands where its best name puts it, and nowhere else.
                                SELECT (best.rank, best.key, e.ordinal) = (wanted, next.key, next.ordinal)
                                FROM registry.search_entry e
                                CROSS JOIN LATERAL registry.search_ranks(e, whole, readings, parts) best
                                WHERE e.record_id = next.record_id
                                ORDER BY best.rank, best.key, e.ordinal LIMIT 1
                            ) AS is_best
                            FROM (
                                SELECT DISTINCT k.key, k.record_id, k.ordinal
                                FROM unnest(slots, lows, highs) range (slot, low, high)
                                CROSS JOIN unnest(kinds) AS place
                                CROSS JOIN LATERAL (
                                    SELECT s.key, s.record_id, s.ordinal FROM registry.search_key s
                                    WHERE s.kind = place AND s.slot = range.slot AND s.key < range.high
                                        -- One comparison says where to begin: an index starts at only one of two.
                                        AND (s.key, s.record_id, s.ordinal) > (
                                            greatest(range.low COLLATE "C", from_key),
                                            CASE WHEN range.low COLLATE "C" > from_key THEN -1 ELSE from_record END,
                                            CASE WHEN range.low COLLATE "C" > from_key THEN -1 ELSE from_ordinal END
                                        )
                                    ORDER BY s.key, s.record_id, s.ordinal LIMIT step
                                ) k
                                ORDER BY k.key, k.record_id, k.ordinal LIMIT step
                            ) next
                            ORDER BY next.key, next.record_id, next.ordinal
                        LOOP
                            looked := looked + 1;
                            from_key := found.key;
                            from_record := found.record_id;
                            from_ordinal := found.ordinal;
                            CONTINUE WHEN found.is_best IS NOT TRUE;
                            rank := wanted;
                            key := found.key;
                            record_id := found.record_id;
                            ordinal := found.ordinal;
                            RETURN NEXT;
                            given := given + 1;
                            IF given >= most THEN
                                RETURN;
                            END IF;
                        END LOOP;
                    ELSE
                        FOR found IN
                            SELECT next.key, next.record_id, next.ordinal, (
                                -- Each record stands where its best name puts it, and nowhere else.
                                SELECT (best.rank, best.key, e.ordinal) = (wanted, next.key, next.ordinal)
                                FROM registry.search_entry e
                                CROSS JOIN LATERAL registry.search_ranks(e, whole, readings, parts) best
                                WHERE e.record_id = next.record_id
                                ORDER BY best.rank, best.key, e.ordinal LIMIT 1
                            ) AS is_best
                            FROM (
                                SELECT DISTINCT k.key, k.record_id, k.ordinal
                                FROM unnest(slots, lows, highs) range (slot, low, high)
                                CROSS JOIN unnest(identity.regions()) AS place
                                CROSS JOIN LATERAL (
                                    SELECT s.key, s.record_id, s.ordinal FROM registry.search_key s
                                    WHERE s.region_id = place AND s.kind = ANY (kinds) AND s.slot = range.slot AND s.key < range.high
                                        -- One comparison says where to begin: an index starts at only one of two.
                                        AND (s.key, s.record_id, s.ordinal) > (
                                            greatest(range.low COLLATE "C", from_key),
                                            CASE WHEN range.low COLLATE "C" > from_key THEN -1 ELSE from_record END,
                                            CASE WHEN range.low COLLATE "C" > from_key THEN -1 ELSE from_ordinal END
                                        )
                                    ORDER BY s.key, s.record_id, s.ordinal LIMIT step
                                ) k
                                ORDER BY k.key, k.record_id, k.ordinal LIMIT step
                            ) next
                            ORDER BY next.key, next.record_id, next.ordinal
                        LOOP
                            looked := looked + 1;
                            from_key := found.key;
                            from_record := found.record_id;
                            from_ordinal := found.ordinal;
                            CONTINUE WHEN found.is_best IS NOT TRUE;
                            rank := wanted;
                            key := found.key;
                            record_id := found.record_id;
                            ordinal := found.ordinal;
                            RETURN NEXT;
                            given := given + 1;
                            IF given >= most THEN
                                RETURN;
                            END IF;
                        END LOOP;
                    END IF;
                    EXIT WHEN looked < step;
                END LOOP;
            END LOOP;
        END
        $$;
        REVOKE EXECUTE ON FUNCTION registry.search FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION registry.search TO ceyuan_service;
        """
}
