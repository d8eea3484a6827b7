extension RegistryPastNameMigrations {
    static let sources = """
        -- Most versions are believed: of most records nothing is looked up.
        CREATE INDEX record_version_past ON registry.record_version (record_id) WHERE superseded_by IS NOT NULL;

        -- Which warnings stood at an instant is asked of the records that were found.
        CREATE INDEX derived_fact_ended_record ON registry.derived_fact (record_id, sort) WHERE until_run IS NOT NULL;

        -- Values that records had in what is believed no longer, and those of records that they ever took up, with the
        -- key of these. A record that took up another had what was believed of it just before.
        CREATE FUNCTION registry.past_names(records bigint[], fields text[])
            RETURNS TABLE (record_id bigint, source_id bigint, key text, attributes jsonb)
            LANGUAGE sql STABLE SET ceyuan.regions = '*'
        AS $$
            WITH RECURSIVE taken (record_id, source_id, recording) AS (
                SELECT m.survivor_id, m.absorbed_id, m.recorded_by FROM registry.merge m
                WHERE m.survivor_id = ANY (records)
                UNION
                SELECT t.record_id, m.absorbed_id, m.recorded_by
                FROM taken t JOIN registry.merge m ON m.survivor_id = t.source_id
            ), said AS (
                SELECT v.record_id, v.record_id AS source_id, r.key, v.attributes
                FROM registry.record_version v JOIN registry.record r ON r.id = v.record_id
                WHERE v.record_id = ANY (records) AND v.superseded_by IS NOT NULL
                UNION ALL
                SELECT t.record_id, t.source_id, r.key, v.attributes
                FROM taken t
                    JOIN registry.record r ON r.id = t.source_id
                    LEFT JOIN registry.record_version v
                        ON v.record_id = t.source_id AND v.superseded_by IS NOT NULL AND v.superseded_by = t.recording
            )
            SELECT DISTINCT s.record_id, s.source_id, s.key, coalesce((
                SELECT jsonb_object_agg(given.key, given.value) FROM jsonb_each(s.attributes) AS given
                WHERE given.key = ANY (fields)
            ), '{}')
            FROM said s
        $$;

        -- Whether a merge stood at an instant; stands, without one.
        CREATE FUNCTION registry.stood(one registry.merge, at timestamptz) RETURNS boolean
            LANGUAGE sql STABLE
            RETURN CASE
                WHEN at IS NULL THEN one.undone_by IS NULL
                ELSE EXISTS (SELECT FROM registry.recording b WHERE b.id = one.recorded_by AND b.recorded_at <= at)
                    AND NOT EXISTS (SELECT FROM registry.recording e WHERE e.id = one.undone_by AND e.recorded_at <= at)
            END;

        -- The records that records had taken up by an instant, each with its versions of just before; now without one.
        CREATE FUNCTION registry.taken_up(records bigint[], at timestamptz, fields text[])
            RETURNS TABLE (record_id bigint, key text, valid_from date, attributes jsonb)
            LANGUAGE sql STABLE SET ceyuan.regions = '*'
        AS $$
            WITH RECURSIVE taken (record_id, source_id, recording) AS (
                SELECT m.survivor_id, m.absorbed_id, m.recorded_by FROM registry.merge m
                WHERE m.survivor_id = ANY (records) AND registry.stood(m, at)
                UNION
                SELECT t.record_id, m.absorbed_id, m.recorded_by
                FROM taken t JOIN registry.merge m ON m.survivor_id = t.source_id AND registry.stood(m, at)
            )
            SELECT t.record_id, r.key, v.valid_from, coalesce((
                SELECT jsonb_object_agg(given.key, given.value) FROM jsonb_each(v.attributes) AS given
                WHERE given.key = ANY (fields)
            ), '{}')
            FROM taken t
                JOIN registry.record r ON r.id = t.source_id AND r.state <> 'erased'
                LEFT JOIN registry.record_version v
                    ON v.record_id = t.source_id AND v.superseded_by IS NOT NULL AND v.superseded_by = t.recording
        $$;

        -- What was corrected before this release: a job makes it be found.
        DO $$
        BEGIN
            PERFORM set_config('ceyuan.regions', '*', true);
            INSERT INTO jobs.job (kind, payload, priority, run_at)
            SELECT 'registry.past-names', '{}', 0, now()
            WHERE EXISTS (SELECT FROM registry.record_version v WHERE v.superseded_by IS NOT NULL);
        END
        $$;

        """
}
