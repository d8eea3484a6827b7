extension RegistryPastNameMigrations {
    static let walk = """
        -- Whether each of these is in a name or in one of its readings.
        CREATE FUNCTION registry.has_parts(name text, pinyin text[], parts text[]) RETURNS boolean
            LANGUAGE sql IMMUTABLE PARALLEL SAFE
            RETURN NOT EXISTS (
                SELECT FROM unnest(parts) AS part
                WHERE strpos(name, part) = 0 AND NOT EXISTS (SELECT FROM unnest(pinyin) AS p WHERE strpos(p, part) > 0)
            );

        -- Places where a record may stand in the answer to a question of another time, in the order of the answers: every
        -- key that answers, of names of now and of then, each record once at each. Whether it stood there is asked of what
        -- was believed then. It runs as its owner like registry.search, and asks for the caller's regions likewise: each
        -- kind, or each region, has a range of an index, of which only the beginning is read.
        CREATE FUNCTION registry.search_then(
            whole text, readings text[], parts text[], kinds text[],
            after_rank smallint, after_key text, after_record bigint, most integer
        ) RETURNS TABLE (rank smallint, key text, record_id bigint)
            LANGUAGE plpgsql STABLE SECURITY DEFINER
            SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
            SET enable_seqscan = off SET enable_bitmapscan = off SET enable_hashagg = off
        AS $$
        #variable_conflict use_column
        DECLARE
            all_kinds   constant text[] := CASE WHEN identity.is_everywhere() THEN kinds ELSE '{}' END;
            all_regions constant integer[] := CASE WHEN identity.is_everywhere() THEN '{}' ELSE identity.regions() END;
            -- Parts that must all be in the name, beside the one that its key begins with.
            others      text[];
            slots       smallint[];
            lows        text[];
            highs       text[];
            from_key    text COLLATE "C";
            from_record bigint;
            remaining   integer := most;
            given       integer;
        BEGIN
            FOR wanted IN coalesce(after_rank, 1)..5 LOOP
                others := CASE WHEN wanted = 5 AND cardinality(parts) > 1 THEN parts[2:] ELSE '{}' END;
                -- No text has the smallest character: what lies before it is the text itself.
                lows := CASE
                    WHEN wanted = 2 THEN ARRAY[whole || chr(1)]
                    WHEN wanted IN (3, 4) THEN readings
                    WHEN others <> '{}' THEN ARRAY[parts[1], parts[1]]
                    ELSE ARRAY[whole]
                END;
                CONTINUE WHEN cardinality(lows) = 0;
                slots := CASE
                    WHEN wanted IN (1, 2) THEN ARRAY[1]
                    WHEN wanted IN (3, 4) THEN array_fill(wanted, ARRAY[cardinality(lows)])
                    WHEN others <> '{}' THEN ARRAY[5, 1]
                    ELSE ARRAY[5]
                END::smallint[];
                -- All that begins with a text lies before itself with the greatest character behind it.
                highs := CASE wanted
                    WHEN 1 THEN ARRAY[whole || chr(1)]
                    WHEN 2 THEN ARRAY[whole || chr(1114111)]
                    ELSE ARRAY(
                        SELECT low || chr(1114111) FROM unnest(lows) WITH ORDINALITY each (low, place) ORDER BY place
                    )
                END;
                from_key := CASE WHEN wanted = after_rank THEN after_key ELSE '' END;
                from_record := CASE WHEN wanted = after_rank THEN after_record ELSE -1 END;
                RETURN QUERY
                    SELECT DISTINCT wanted::smallint, next.key, next.record_id
                    FROM unnest(slots, lows, highs) range (slot, low, high)
                    -- One comparison says where to begin: an index starts at only one of two.
                    CROSS JOIN LATERAL (
                        SELECT greatest(range.low COLLATE "C", from_key) AS key,
                            CASE WHEN range.low COLLATE "C" > from_key THEN -1 ELSE from_record END AS record
                    ) first
                    CROSS JOIN LATERAL (
                        SELECT k.key, k.record_id FROM unnest(all_kinds) AS place
                        CROSS JOIN LATERAL (
                            SELECT DISTINCT s.key, s.record_id FROM registry.search_key s
                            WHERE s.kind = place AND s.slot = range.slot AND s.key < range.high
                                AND (s.key, s.record_id) > (first.key, first.record) AND (others = '{}' OR EXISTS (
                                    SELECT FROM registry.search_entry e
                                    WHERE e.record_id = s.record_id AND e.ordinal = s.ordinal
                                        AND registry.has_parts(e.name, e.pinyin, others)
                                ))
                            ORDER BY s.key, s.record_id LIMIT remaining
                        ) k
                        UNION ALL
                        SELECT k.key, k.record_id FROM unnest(all_regions) AS place
                        CROSS JOIN LATERAL (
                            SELECT DISTINCT s.key, s.record_id FROM registry.search_key s
                            WHERE s.region_id = place AND s.kind = ANY (kinds) AND s.slot = range.slot AND s.key < range.high
                                AND (s.key, s.record_id) > (first.key, first.record) AND (others = '{}' OR EXISTS (
                                    SELECT FROM registry.search_entry e
                                    WHERE e.record_id = s.record_id AND e.ordinal = s.ordinal
                                        AND registry.has_parts(e.name, e.pinyin, others)
                                ))
                            ORDER BY s.key, s.record_id LIMIT remaining
                        ) k
                        UNION ALL
                        SELECT k.key, k.record_id FROM unnest(all_kinds) AS place
                        CROSS JOIN LATERAL (
                            SELECT DISTINCT p.key, p.record_id FROM registry.past_key p
                            WHERE p.kind = place AND p.slot = range.slot AND p.key < range.high
                                AND (p.key, p.record_id) > (first.key, first.record)
                                AND (others = '{}' OR registry.has_parts(p.name, p.pinyin, others))
                            ORDER BY p.key, p.record_id LIMIT remaining
                        ) k
                        UNION ALL
                        SELECT k.key, k.record_id FROM unnest(all_regions) AS place
                        CROSS JOIN LATERAL (
                            SELECT DISTINCT p.key, p.record_id FROM registry.past_key p
                            WHERE p.region_id = place AND p.kind = ANY (kinds) AND p.slot = range.slot AND p.key < range.high
                                AND (p.key, p.record_id) > (first.key, first.record)
                                AND (others = '{}' OR registry.has_parts(p.name, p.pinyin, others))
                            ORDER BY p.key, p.record_id LIMIT remaining
                        ) k
                    ) next
                    ORDER BY next.key, next.record_id LIMIT remaining;
                GET DIAGNOSTICS given = ROW_COUNT;
                remaining := remaining - given;
                EXIT WHEN remaining <= 0;
            END LOOP;
        END
        $$;

        REVOKE EXECUTE ON FUNCTION registry.search_then FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION registry.search_then TO ceyuan_service;
        """
}
