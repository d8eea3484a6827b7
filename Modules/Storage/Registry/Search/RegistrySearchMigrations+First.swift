extension RegistrySearchMigrations {
    static let first = """
        -- The first records that answer a question of one part, each once, in the order of the box: what facets are told of.
        -- A record stands where it comes first, so that none need be asked which of its names is the best. It runs as its
        -- owner like registry.search, and asks for the caller's regions likewise.
        CREATE FUNCTION registry.search_first(whole text, readings text[], kinds text[], most integer)
            RETURNS TABLE (record_id bigint, kind text, region_id integer)
            LANGUAGE plpgsql STABLE SECURITY DEFINER
            SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
        AS $$
        #variable_conflict use_column
        DECLARE
            is_everywhere constant boolean := identity.is_everywhere();
            -- The slots of the ranks: the name itself, what it begins, Pinyin, initials, what is inside.
            slots         constant smallint[] := ARRAY[1, 1, 3, 4, 5];
            lows          text[];
            highs         text[];
            from_key      text COLLATE "C";
            from_record   bigint;
            from_ordinal  smallint;
            step          integer;
            part          record;
            -- A record has several names: it may stand here more than once.
            ids           bigint[] := '{}';
            places        text[] := '{}';
            regions       integer[] := '{}';
            given         integer := 0;
        BEGIN
            FOR wanted IN 1..5 LOOP
                -- No text has the smallest character: what lies before it is the text itself.
                lows := CASE WHEN wanted = 2 THEN ARRAY[whole || chr(1)] WHEN wanted IN (3, 4) THEN readings ELSE ARRAY[whole] END;
                CONTINUE WHEN cardinality(lows) = 0;
                -- All that begins with a text lies before itself with the greatest character behind it.
                highs := CASE
                    WHEN wanted = 1 THEN ARRAY[whole || chr(1)]
                    WHEN wanted IN (3, 4) THEN ARRAY(
                        SELECT low || chr(1114111) FROM unnest(readings) WITH ORDINALITY each (low, place) ORDER BY place
                    )
                    ELSE ARRAY[whole || chr(1114111)]
                END;
                from_key := '';
                from_record := -1;
                from_ordinal := -1;
                LOOP
                    step := greatest(most - given, 100);
                    IF is_everywhere THEN
                        SELECT array_agg(next.record_id) AS ids, array_agg(next.kind) AS places,
                            array_agg(next.region_id) AS regions, count(*)::integer AS number,
                            max(next.key) AS key, (array_agg(next.ordinal))[count(*)] AS ordinal
                        INTO part
                        FROM (
                            SELECT k.key, k.record_id, k.ordinal, k.kind, k.region_id
                            FROM unnest(lows, highs) range (low, high)
                            CROSS JOIN unnest(kinds) AS place
                            CROSS JOIN LATERAL (
                                SELECT s.key, s.record_id, s.ordinal, s.kind, s.region_id FROM registry.search_key s
                                WHERE s.kind = place AND s.slot = slots[wanted] AND s.key < range.high
                                    AND (s.key, s.record_id, s.ordinal) > (
                                        greatest(range.low COLLATE "C", from_key),
                                        CASE WHEN range.low COLLATE "C" > from_key THEN -1 ELSE from_record END,
                                        CASE WHEN range.low COLLATE "C" > from_key THEN -1 ELSE from_ordinal END
                                    )
                                ORDER BY s.key, s.record_id, s.ordinal LIMIT step
                            ) k
                            ORDER BY k.key, k.record_id, k.ordinal LIMIT step
                        ) next;
                    ELSE
                        SELECT array_agg(next.record_id) AS ids, array_agg(next.kind) AS places,
                            array_agg(next.region_id) AS regions, count(*)::integer AS number,
                            max(next.key) AS key, (array_agg(next.ordinal))[count(*)] AS ordinal
                        INTO part
                        FROM (
                            SELECT k.key, k.record_id, k.ordinal, k.kind, k.region_id
                            FROM unnest(lows, highs) range (low, high)
                            CROSS JOIN unnest(identity.regions()) AS place
                            CROSS JOIN LATERAL (
                                SELECT s.key, s.record_id, s.ordinal, s.kind, s.region_id FROM registry.search_key s
                                WHERE s.region_id = place AND s.kind = ANY (kinds) AND s.slot = slots[wanted] AND s.key < range.high
                                    AND (s.key, s.record_id, s.ordinal) > (
                                        greatest(range.low COLLATE "C", from_key),
                                        CASE WHEN range.low COLLATE "C" > from_key THEN -1 ELSE from_record END,
                                        CASE WHEN range.low COLLATE "C" > from_key THEN -1 ELSE from_ordinal END
                                    )
                                ORDER BY s.key, s.record_id, s.ordinal LIMIT step
                            ) k
                            ORDER BY k.key, k.record_id, k.ordinal LIMIT step
                        ) next;
                    END IF;
                    EXIT WHEN part.number = 0;
                    ids := ids || part.ids;
                    places := places || part.places;
                    regions := regions || part.regions;
                    given := (SELECT count(DISTINCT id) FROM unnest(ids) AS id);
                    EXIT WHEN given >= most OR part.number < step;
                    from_key := part.key;
                    from_record := part.ids[part.number];
                    from_ordinal := part.ordinal;
                END LOOP;
                EXIT WHEN given >= most;
            END LOOP;
            IF given = cardinality(ids) THEN
                RETURN QUERY SELECT * FROM unnest(ids, places, regions) LIMIT most;
            ELSE
                RETURN QUERY SELECT u.id, min(u.kind COLLATE "C"), min(u.region)
                    FROM unnest(ids, places, regions) WITH ORDINALITY AS u (id, kind, region, place)
                    GROUP BY u.id ORDER BY min(u.place) LIMIT most;
            END IF;
        END
        $$;
        """
}
