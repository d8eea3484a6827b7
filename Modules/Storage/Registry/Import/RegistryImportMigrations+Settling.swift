extension RegistryImportMigrations {
    /// What records are found by and compared by, kept with less work.
    ///
    /// Both are made of the register and can be made anew, and no record is ever deleted: so whether a row belongs to a
    /// record is asked of a statement as a whole, and not of each row by a foreign key. That the region is the record's
    /// is asked too, since row-level security goes by it.
    static let settling = """
        ALTER TABLE registry.search_entry
            DROP CONSTRAINT search_entry_record_id_fkey, DROP CONSTRAINT search_entry_region_id_fkey;
        ALTER TABLE registry.linkage_profile
            DROP CONSTRAINT linkage_profile_record_id_fkey, DROP CONSTRAINT linkage_profile_region_id_fkey;

        -- As before; but keys are made in one go, put in order by what differs most, and only once where they repeat. In
        -- the order of keys each part of the indexes is still filled from its beginning to its end. A session plans once,
        -- perhaps for thousands of names, and then for none at all: whatever is looked up is looked up by its key.
        CREATE OR REPLACE FUNCTION registry.search_entry_changed() RETURNS trigger
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET ceyuan.regions = '*'
            SET jit = off SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
            SET enable_hashagg = off SET enable_memoize = off
        AS $$
        DECLARE
            stray bigint;
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
                SELECT e.record_id INTO stray
                FROM new_entry e LEFT JOIN LATERAL (
                    SELECT true AS is_there, r.region_id FROM registry.record r WHERE r.id = e.record_id LIMIT 1
                ) AS r ON true
                WHERE r.is_there IS NULL OR r.region_id IS DISTINCT FROM e.region_id LIMIT 1;
                IF FOUND THEN
                    RAISE EXCEPTION 'a name belongs to no record, or lies in another region than record %', stray
                        USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'search_entry_record';
                END IF;
                INSERT INTO registry.search_key (kind, slot, key, record_id, ordinal, region_id)
                SELECT DISTINCT e.kind, known.slot, known.key, e.record_id, e.ordinal, e.region_id
                FROM new_entry e CROSS JOIN LATERAL (
                    SELECT 1::smallint AS slot, e.name AS key WHERE e.name <> ''
                    UNION ALL SELECT 3::smallint, unnest(e.pinyin)
                    UNION ALL SELECT 4::smallint, unnest(e.initials)
                    UNION ALL SELECT 5::smallint, unnest(e.inside)
                ) AS known
                ORDER BY known.key, e.record_id, e.ordinal;
            END IF;
            RETURN NULL;
        END
        $$;

        CREATE OR REPLACE FUNCTION registry.linkage_profile_changed() RETURNS trigger
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET ceyuan.regions = '*'
            SET jit = off SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
        AS $$
        DECLARE
            stray bigint;
        BEGIN
            IF TG_OP IN ('UPDATE', 'DELETE') THEN
                DELETE FROM registry.linkage_key k
                USING (
                    SELECT p.kind, 1::smallint AS slot, unnest(p.names) AS key, p.record_id FROM old_profile p
                    UNION ALL SELECT p.kind, 2::smallint, unnest(p.keys), p.record_id FROM old_profile p
                ) gone
                WHERE k.kind = gone.kind AND k.slot = gone.slot AND k.key = gone.key AND k.record_id = gone.record_id;
            END IF;
            IF TG_OP IN ('INSERT', 'UPDATE') THEN
                SELECT p.record_id INTO stray
                FROM new_profile p LEFT JOIN LATERAL (
                    SELECT true AS is_there, r.region_id FROM registry.record r WHERE r.id = p.record_id LIMIT 1
                ) AS r ON true
                WHERE r.is_there IS NULL OR r.region_id IS DISTINCT FROM p.region_id LIMIT 1;
                IF FOUND THEN
                    RAISE EXCEPTION 'a profile belongs to no record, or lies in another region than record %', stray
                        USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'linkage_profile_record';
                END IF;
                INSERT INTO registry.linkage_key (kind, slot, key, record_id, region_id)
                SELECT p.kind, 1::smallint, unnest(p.names) AS key, p.record_id, p.region_id FROM new_profile p
                UNION ALL SELECT p.kind, 2::smallint, unnest(p.keys), p.record_id, p.region_id FROM new_profile p
                ORDER BY key, record_id;
            END IF;
            RETURN NULL;
        END
        $$;
        """
}
