extension RegistryDuplicateMigrations {
    /// What was believed of pairs: the table of candidates has those of now alone.
    static let beliefs = """
        -- A transaction that changed pairs or decided about them. It gets its instant last, from the vintage clock.
        CREATE TABLE registry.duplicate_writing (
            id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            -- Of one that goes on; numbers of transactions begin anew in a restored database.
            transaction xid8 UNIQUE,
            recorded_at timestamptz UNIQUE,
            CHECK ((transaction IS NULL) <> (recorded_at IS NULL))
        );

        CREATE FUNCTION registry.duplicate_writing() RETURNS bigint
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
        AS $$
        DECLARE
            number bigint;
        BEGIN
            SELECT w.id INTO number FROM registry.duplicate_writing w WHERE w.transaction = pg_current_xact_id();
            IF number IS NULL THEN
                INSERT INTO registry.duplicate_writing (transaction) VALUES (pg_current_xact_id()) RETURNING id INTO number;
            END IF;
            RETURN number;
        END
        $$;
        REVOKE EXECUTE ON FUNCTION registry.duplicate_writing FROM PUBLIC;

        CREATE FUNCTION registry.seal_duplicate_writing() RETURNS trigger
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
        AS $$
        BEGIN
            WITH clock AS (
                UPDATE collection.vintage_clock SET newest = greatest(clock_timestamp(), newest + interval '1 microsecond')
                RETURNING newest
            )
            UPDATE registry.duplicate_writing w SET transaction = NULL, recorded_at = clock.newest FROM clock
            WHERE w.id = NEW.id;
            RETURN NULL;
        END
        $$;
        CREATE CONSTRAINT TRIGGER duplicate_writing_sealed AFTER INSERT ON registry.duplicate_writing
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registry.seal_duplicate_writing();

        -- One belief in a pair, from a writing until another. Pairs from before this table were found at found_at; what
        -- was believed of pairs until then is not known.
        CREATE TABLE registry.duplicate_belief (
            belief       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            -- The number of the pair.
            id           bigint NOT NULL,
            kind         text COLLATE "C" NOT NULL,
            one_id       bigint NOT NULL REFERENCES registry.record (id),
            other_id     bigint NOT NULL REFERENCES registry.record (id),
            one_region   integer REFERENCES registry.region (id),
            other_region integer REFERENCES registry.region (id),
            probability  double precision NOT NULL,
            reasons      jsonb NOT NULL,
            facts        bigint NOT NULL,
            found_at     timestamptz NOT NULL,
            begun_by     bigint REFERENCES registry.duplicate_writing (id),
            ended_by     bigint REFERENCES registry.duplicate_writing (id)
        );
        INSERT INTO registry.duplicate_belief (
            id, kind, one_id, other_id, one_region, other_region, probability, reasons, facts, found_at
        )
        SELECT id, kind, one_id, other_id, one_region, other_region, probability, reasons, facts, found_at
        FROM registry.duplicate_candidate ORDER BY id;
        CREATE UNIQUE INDEX duplicate_belief_standing ON registry.duplicate_belief (id) WHERE ended_by IS NULL;
        CREATE INDEX duplicate_belief_pair ON registry.duplicate_belief (id);
        CREATE INDEX duplicate_belief_one ON registry.duplicate_belief (one_id);
        CREATE INDEX duplicate_belief_other ON registry.duplicate_belief (other_id);

        CREATE FUNCTION registry.duplicate_candidate_changed() RETURNS trigger
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET ceyuan.regions = '*'
        AS $$
        DECLARE
            ended bigint[];
            begun bigint[];
        BEGIN
            -- A search that sees a pair again as it was changes nothing of what is believed.
            IF TG_OP = 'INSERT' THEN
                begun := ARRAY(SELECT id FROM new_pair);
            ELSIF TG_OP = 'DELETE' THEN
                ended := ARRAY(SELECT id FROM old_pair);
            ELSE
                ended := ARRAY(
                    SELECT n.id FROM new_pair n JOIN old_pair o ON o.id = n.id
                    WHERE (n.one_region, n.other_region, n.probability, n.reasons, n.facts)
                        IS DISTINCT FROM (o.one_region, o.other_region, o.probability, o.reasons, o.facts)
                );
                begun := ended;
            END IF;
            IF cardinality(coalesce(ended, begun)) = 0 THEN
                RETURN NULL;
            END IF;
            IF ended IS NOT NULL THEN
                UPDATE registry.duplicate_belief b SET ended_by = registry.duplicate_writing()
                WHERE b.id = ANY (ended) AND b.ended_by IS NULL;
            END IF;
            IF begun IS NOT NULL THEN
                INSERT INTO registry.duplicate_belief (
                    id, kind, one_id, other_id, one_region, other_region, probability, reasons, facts, found_at, begun_by
                )
                SELECT n.id, n.kind, n.one_id, n.other_id, n.one_region, n.other_region, n.probability, n.reasons, n.facts,
                    n.found_at, w.writing
                FROM new_pair n CROSS JOIN (SELECT registry.duplicate_writing() AS writing) w
                WHERE n.id = ANY (begun) ORDER BY n.id;
            ELSE
                -- Of erased records nothing is left, whoever has looked at them meanwhile.
                DELETE FROM registry.duplicate_belief b USING registry.record r
                WHERE b.id = ANY (ended) AND r.id IN (b.one_id, b.other_id) AND r.state = 'erased';
            END IF;
            RETURN NULL;
        END
        $$;
        CREATE TRIGGER duplicate_candidate_inserted AFTER INSERT ON registry.duplicate_candidate
            REFERENCING NEW TABLE AS new_pair FOR EACH STATEMENT
            EXECUTE FUNCTION registry.duplicate_candidate_changed();
        CREATE TRIGGER duplicate_candidate_updated AFTER UPDATE ON registry.duplicate_candidate
            REFERENCING OLD TABLE AS old_pair NEW TABLE AS new_pair FOR EACH STATEMENT
            EXECUTE FUNCTION registry.duplicate_candidate_changed();
        CREATE TRIGGER duplicate_candidate_deleted AFTER DELETE ON registry.duplicate_candidate
            REFERENCING OLD TABLE AS old_pair FOR EACH STATEMENT
            EXECUTE FUNCTION registry.duplicate_candidate_changed();

        CREATE FUNCTION registry.forget_pairs_of_erased() RETURNS trigger
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET ceyuan.regions = '*'
        AS $$
        BEGIN
            DELETE FROM registry.duplicate_belief b WHERE b.one_id = NEW.id OR b.other_id = NEW.id;
            RETURN NULL;
        END
        $$;
        CREATE TRIGGER forget_pairs_of_erased AFTER UPDATE OF state ON registry.record
            FOR EACH ROW WHEN (NEW.state = 'erased') EXECUTE FUNCTION registry.forget_pairs_of_erased();

        -- When a decision was recorded; absent of those from before, which have decided_at.
        ALTER TABLE registry.duplicate_decision ADD COLUMN written_by bigint REFERENCES registry.duplicate_writing (id);
        CREATE FUNCTION registry.write_duplicate_decision() RETURNS trigger
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
        AS $$
        BEGIN
            NEW.written_by := registry.duplicate_writing();
            RETURN NEW;
        END
        $$;
        CREATE TRIGGER write_duplicate_decision BEFORE INSERT ON registry.duplicate_decision
            FOR EACH ROW EXECUTE FUNCTION registry.write_duplicate_decision();

        -- A pair is seen by who sees both.
        ALTER TABLE registry.duplicate_belief ENABLE ROW LEVEL SECURITY;
        ALTER TABLE registry.duplicate_belief FORCE ROW LEVEL SECURITY;
        CREATE POLICY belief_by_records ON registry.duplicate_belief USING (
            (SELECT identity.is_everywhere()) OR (
                EXISTS (SELECT FROM registry.record r WHERE r.id = one_id)
                AND EXISTS (SELECT FROM registry.record r WHERE r.id = other_id)
            )
        );
        REVOKE INSERT, UPDATE, DELETE ON registry.duplicate_writing, registry.duplicate_belief FROM ceyuan_service;
        """
}
