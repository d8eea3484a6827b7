extension RegistryDuplicateMigrations {
    static let candidates = """
        -- What a record is compared by. Of sealed values no more than their keyed hashes stand here.
        CREATE TABLE registry.linkage_profile (
            record_id bigint PRIMARY KEY REFERENCES registry.record (id),
            kind      text COLLATE "C" NOT NULL,
            region_id integer REFERENCES registry.region (id),
            -- The write of the record that it was made after.
            version   bigint NOT NULL,
            -- Digests of the keys under which it meets others, ascending; of its names, to be counted.
            keys      bigint[] NOT NULL,
            names     bigint[] NOT NULL,
            content   text NOT NULL
        );

        -- The keys apart, in their order: slot 1 has the names, slot 2 what records meet under.
        CREATE TABLE registry.linkage_key (
            kind      text COLLATE "C" NOT NULL,
            slot      smallint NOT NULL CHECK (slot IN (1, 2)),
            key       bigint NOT NULL,
            record_id bigint NOT NULL,
            region_id integer,
            PRIMARY KEY (kind, slot, key, record_id)
        );

        CREATE FUNCTION registry.linkage_profile_changed() RETURNS trigger
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET ceyuan.regions = '*'
        AS $$
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
                -- In the order of the index, so that a large load fills its pages one after the other.
                INSERT INTO registry.linkage_key (kind, slot, key, record_id, region_id)
                SELECT p.kind, 1::smallint, unnest(p.names), p.record_id, p.region_id FROM new_profile p
                UNION ALL SELECT p.kind, 2::smallint, unnest(p.keys), p.record_id, p.region_id FROM new_profile p
                ORDER BY 1, 2, 3, 4;
            END IF;
            RETURN NULL;
        END
        $$;
        CREATE TRIGGER linkage_profile_inserted AFTER INSERT ON registry.linkage_profile
            REFERENCING NEW TABLE AS new_profile FOR EACH STATEMENT
            EXECUTE FUNCTION registry.linkage_profile_changed();
        CREATE TRIGGER linkage_profile_updated AFTER UPDATE ON registry.linkage_profile
            REFERENCING OLD TABLE AS old_profile NEW TABLE AS new_profile FOR EACH STATEMENT
            EXECUTE FUNCTION registry.linkage_profile_changed();
        CREATE TRIGGER linkage_profile_deleted AFTER DELETE ON registry.linkage_profile
            REFERENCING OLD TABLE AS old_profile FOR EACH STATEMENT
            EXECUTE FUNCTION registry.linkage_profile_changed();

        -- Two records that may be one.
        CREATE TABLE registry.duplicate_candidate (
            id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            kind         text COLLATE "C" NOT NULL,
            one_id       bigint NOT NULL REFERENCES registry.record (id),
            other_id     bigint NOT NULL REFERENCES registry.record (id),
            one_region   integer REFERENCES registry.region (id),
            other_region integer REFERENCES registry.region (id),
            probability  double precision NOT NULL CHECK (probability >= 0 AND probability <= 1),
            reasons      jsonb NOT NULL CHECK (jsonb_typeof(reasons) = 'array'),
            -- A digest of what was compared: a decision is about these facts.
            facts        bigint NOT NULL,
            found_at     timestamptz NOT NULL,
            -- The search that saw it last; absent when it was found as a record was written.
            search_id    bigint,
            CHECK (one_id < other_id),
            UNIQUE (one_id, other_id)
        );
        CREATE INDEX duplicate_candidate_best ON registry.duplicate_candidate (probability DESC, id);
        CREATE INDEX duplicate_candidate_other ON registry.duplicate_candidate (other_id);

        -- One look through all records of a kind, and what came of it.
        CREATE TABLE registry.duplicate_search (
            id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            kind            text COLLATE "C" NOT NULL,
            minimum         double precision NOT NULL,
            principal       text NOT NULL,
            searched_at     timestamptz NOT NULL,
            records         bigint NOT NULL DEFAULT 0,
            refreshed       bigint NOT NULL DEFAULT 0,
            pairs           bigint NOT NULL DEFAULT 0,
            candidates      bigint NOT NULL DEFAULT 0,
            skipped_keys    bigint NOT NULL DEFAULT 0,
            largest_skipped bigint NOT NULL DEFAULT 0
        );
        ALTER TABLE registry.duplicate_candidate ADD FOREIGN KEY (search_id) REFERENCES registry.duplicate_search (id);

        -- What was decided about them; the last one counts.
        CREATE TABLE registry.duplicate_decision (
            id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            one_id     bigint NOT NULL REFERENCES registry.record (id),
            other_id   bigint NOT NULL REFERENCES registry.record (id),
            facts      bigint NOT NULL,
            verdict    text NOT NULL CHECK (verdict IN ('same', 'different', 'later')),
            reason     text NOT NULL,
            principal  text NOT NULL,
            activity   text NOT NULL,
            decided_at timestamptz NOT NULL,
            CHECK (one_id < other_id)
        );
        CREATE INDEX duplicate_decision_pair ON registry.duplicate_decision (one_id, other_id, id DESC);

        DO $$
        DECLARE
            name text;
        BEGIN
            FOREACH name IN ARRAY ARRAY['linkage_profile', 'linkage_key'] LOOP
                EXECUTE format('ALTER TABLE registry.%I ENABLE ROW LEVEL SECURITY', name);
                EXECUTE format('ALTER TABLE registry.%I FORCE ROW LEVEL SECURITY', name);
                EXECUTE format(
                    'CREATE POLICY by_region ON registry.%I USING ((SELECT identity.is_everywhere()) '
                    || 'OR region_id = ANY ((SELECT identity.regions())::integer[]))', name
                );
            END LOOP;
        END
        $$;
        -- A pair is seen by who sees both.
        ALTER TABLE registry.duplicate_candidate ENABLE ROW LEVEL SECURITY;
        ALTER TABLE registry.duplicate_candidate FORCE ROW LEVEL SECURITY;
        CREATE POLICY candidate_by_regions ON registry.duplicate_candidate USING (
            (SELECT identity.is_everywhere()) OR (
                one_region = ANY ((SELECT identity.regions())::integer[])
                AND other_region = ANY ((SELECT identity.regions())::integer[])
            )
        );
        ALTER TABLE registry.duplicate_decision ENABLE ROW LEVEL SECURITY;
        ALTER TABLE registry.duplicate_decision FORCE ROW LEVEL SECURITY;
        CREATE POLICY decision_by_records ON registry.duplicate_decision USING (
            (SELECT identity.is_everywhere()) OR (
                EXISTS (SELECT FROM registry.record r WHERE r.id = one_id)
                AND EXISTS (SELECT FROM registry.record r WHERE r.id = other_id)
            )
        );
        REVOKE INSERT, UPDATE, DELETE ON registry.linkage_key FROM ceyuan_service;
        REVOKE UPDATE, DELETE ON registry.duplicate_decision FROM ceyuan_service;
        REVOKE DELETE ON registry.duplicate_search FROM ceyuan_service;
        """
}
