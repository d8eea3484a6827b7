extension RegistryReferenceMigrations {
    /// The fields that carried records have, where no release has declared them in the database yet: the triggers look
    /// there. A service that starts completes the definitions.
    static let fields = """
        DO $$ BEGIN PERFORM set_config('ceyuan.regions', '*', true); END $$;

        INSERT INTO registry.field (owner_type, owner, code, position, is_custom, definition)
        SELECT 'record', f.owner, f.code, f.position, false, jsonb_build_object(
            'code', f.code, 'type', f.type, 'privacy', 'open', 'isMany', f.code = 'indicators',
            'isRequired', f.code = 'type', 'maximumLength', f.longest
        ) || f.more
        FROM (VALUES
            ('platform', 'name_zh', 1, 'text', 200, '{}'::jsonb), ('platform', 'name_en', 2, 'text', 200, '{}'),
            ('platform', 'type', 3, 'term', 2000, '{"vocabulary": "platform_type"}'),
            ('platform', 'status', 4, 'choice', 2000,
                '{"choices": [{"code": "planned"}, {"code": "building"}, {"code": "operating"}, {"code": "ended"}]}'),
            ('platform', 'status_printed', 5, 'text', 200, '{}'), ('platform', 'focus', 6, 'text', 2000, '{}'),
            ('platform', 'host_name', 7, 'text', 200, '{}'), ('platform', 'source_file', 8, 'text', 2000, '{}'),
            ('platform', 'source_locator', 9, 'text', 2000, '{}'), ('platform', 'region', 10, 'region', 2000, '{}'),
            ('programme', 'name_zh', 1, 'text', 200, '{}'), ('programme', 'name_en', 2, 'text', 200, '{}'),
            ('programme', 'subject', 3, 'choice', 2000, '{"choices": [{"code": "talent"}, {"code": "enterprise"},
                {"code": "platform"}, {"code": "project"}, {"code": "other"}]}'),
            ('programme', 'owner', 4, 'text', 200, '{}'), ('programme', 'goals', 5, 'text', 2000, '{}'),
            ('programme', 'period', 6, 'text', 100, '{}'), ('programme', 'indicators', 7, 'text', 100, '{}'),
            ('programme', 'source_file', 8, 'text', 2000, '{}'), ('programme', 'source_locator', 9, 'text', 2000, '{}')
        ) AS f (owner, code, position, type, longest, more)
        WHERE EXISTS (SELECT FROM registry.carried)
        ON CONFLICT DO NOTHING;


        """

    /// One recording for each batch that had brought rows, which they go on to name with their lines: so what is
    /// recorded leads to the file as before, and the work that follows a load puts the names into the search and the
    /// digest of the rows into the audit trail.
    static let carrying = """
        DO $carry$
        DECLARE
            one       record;
            known     bigint;
            batch     bigint;
            recording bigint;
        BEGIN
            FOR one IN
                SELECT c.*, b.id AS file FROM registry.carried c LEFT JOIN collection.batch b ON b.id = c.batch_id
                ORDER BY c.batch_id, c.kind, c.line, c.code COLLATE "C"
            LOOP
                IF one.batch_id IS DISTINCT FROM batch THEN
                    batch := one.batch_id;
                    recording := NULL;
                END IF;
                -- Whoever kept a record of the same kind under the same key meant the same: it says more, and stays.
                SELECT r.id INTO known FROM registry.record r WHERE r.key = one.code AND r.kind = one.kind;
                IF known IS NULL THEN
                    IF recording IS NULL THEN
                        WITH clock AS (
                            UPDATE collection.vintage_clock
                            SET newest = greatest(clock_timestamp(), newest + interval '1 microsecond')
                            RETURNING newest
                        )
                        INSERT INTO registry.recording (recorded_at, principal, activity, reason, batch_id)
                        SELECT newest, 'service:migration', 'registry_reference/1',
                            format('由参照表迁入：registry.%1$s · carried over from the reference table registry.%1$s',
                                one.kind),
                            one.file
                        FROM clock RETURNING id INTO recording;
                        IF one.file IS NOT NULL THEN
                            INSERT INTO jobs.job (kind, payload, priority, run_at)
                            VALUES ('registry.settle', jsonb_build_object('batch', one.file), 0, now());
                        END IF;
                    END IF;
                    known := nextval(pg_get_serial_sequence('registry.record', 'id'));
                    -- The code is the key, unless it cannot be one or something else has it: then as for new records.
                    INSERT INTO registry.record (id, kind, key, state, region_id, recording_id)
                    OVERRIDING SYSTEM VALUE
                    SELECT known, one.kind, CASE
                        WHEN one.code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$' AND one.code NOT IN ('export', 'import')
                            AND NOT EXISTS (SELECT FROM registry.record r WHERE r.key = one.code)
                        THEN one.code
                        ELSE one.letter || '-' || known
                    END, 'active', (SELECT g.id FROM registry.region g WHERE g.code = one.region_code), recording;
                    INSERT INTO registry.record_version (record_id, valid_from, state, attributes, recorded_by, line)
                    VALUES (known, '-infinity', 'active', one.attributes, recording, nullif(greatest(one.line, 0), 0));
                END IF;
                INSERT INTO registry.carried_row (kind, code, record_id, batch_id, content)
                VALUES (one.kind, one.code, known, one.batch_id, one.content);
            END LOOP;
        END
        $carry$;

        """
}
