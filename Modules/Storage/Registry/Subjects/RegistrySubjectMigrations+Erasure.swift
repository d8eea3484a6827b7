extension RegistrySubjectMigrations {
    /// The one way by which values that were recorded go away: see the decision on the rights of persons.
    static let erasure = """
        -- What is left of a person: that there was one, and what was taken away.
        CREATE TABLE registry.erasure (
            record_id    bigint PRIMARY KEY REFERENCES registry.record (id),
            approval_id  bigint NOT NULL REFERENCES registry.approval (id),
            recording_id bigint NOT NULL REFERENCES registry.recording (id),
            -- Codes of the fields whose values are gone; those of statements with the type in front.
            fields       text[] NOT NULL,
            versions     integer NOT NULL,
            statements   integer NOT NULL,
            -- Submitted files that brought something about the person.
            batches      bigint[] NOT NULL,
            principal    text NOT NULL,
            erased_at    timestamptz NOT NULL DEFAULT clock_timestamp()
        );
        CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON registry.erasure
            FOR EACH ROW EXECUTE FUNCTION registry.refuse_change();
        CREATE TRIGGER no_truncation BEFORE TRUNCATE ON registry.erasure
            FOR EACH STATEMENT EXECUTE FUNCTION registry.refuse_change();
        REVOKE INSERT, UPDATE, DELETE ON registry.erasure FROM ceyuan_service;
        ALTER TABLE registry.erasure ENABLE ROW LEVEL SECURITY;
        ALTER TABLE registry.erasure FORCE ROW LEVEL SECURITY;
        CREATE POLICY erasure_by_record ON registry.erasure USING (
            (SELECT identity.is_everywhere()) OR EXISTS (SELECT FROM registry.record r WHERE r.id = record_id)
        );

        -- What counts need and what names nobody: codes, yes and no, numbers, years and days that are not personal. Free
        -- texts and identifiers go, whatever their class.
        CREATE FUNCTION registry.outlives_person(field registry.field) RETURNS boolean
            LANGUAGE sql IMMUTABLE PARALLEL SAFE
            RETURN field.privacy IN ('open', 'internal') AND field.type IN (
                'term', 'choice', 'boolean', 'region', 'year', 'integer', 'decimal', 'date'
            );

        -- What of a record's values would stay, and which would go.
        CREATE FUNCTION registry.parted(owned_by text, of_owner text, attributes jsonb)
            RETURNS TABLE (stays jsonb, goes text[])
            LANGUAGE sql STABLE AS $$
                SELECT coalesce(jsonb_object_agg(a.code, a.value) FILTER (WHERE registry.outlives_person(f)), '{}'),
                    coalesce(array_agg(a.code ORDER BY a.code) FILTER (
                        WHERE registry.outlives_person(f) IS NOT TRUE
                    ), '{}')
                FROM jsonb_each(attributes) AS a (code, value)
                    LEFT JOIN registry.field f ON f.owner_type = owned_by AND f.owner = of_owner AND f.code = a.code
            $$;

        -- A record and all that were merged into it: one person, so all go together.
        CREATE FUNCTION registry.family(key text) RETURNS TABLE (id bigint, key text)
            LANGUAGE sql STABLE SET ceyuan.regions = '*' AS $$
                WITH RECURSIVE member (id, key) AS (
                    SELECT r.id, r.key FROM registry.record r WHERE r.key = family.key
                    UNION
                    SELECT r.id, r.key FROM registry.record r JOIN member m ON r.merged_into = m.id
                )
                SELECT m.id, m.key FROM member m
            $$;
        -- Statements about others that are believed and lead to one of these; their numbers tell nothing else.
        CREATE FUNCTION registry.leading_to(targets bigint[]) RETURNS bigint[]
            LANGUAGE sql STABLE SET ceyuan.regions = '*' AS $$
                SELECT coalesce(array_agg(s.number ORDER BY s.number), '{}') FROM registry.statement s
                WHERE s.object_id = ANY (targets) AND s.superseded_by IS NULL AND s.subject_id <> ALL (targets)
            $$;
        -- Submitted files that brought something about one of these.
        CREATE FUNCTION registry.batches_of(targets bigint[]) RETURNS bigint[]
            LANGUAGE sql STABLE SET ceyuan.regions = '*' AS $$
                SELECT coalesce(array_agg(DISTINCT r.batch_id ORDER BY r.batch_id), '{}') FROM registry.recording r
                WHERE r.batch_id IS NOT NULL AND r.id IN (
                    SELECT v.recorded_by FROM registry.record_version v WHERE v.record_id = ANY (targets)
                    UNION ALL
                    SELECT s.recorded_by FROM registry.statement s
                    WHERE s.subject_id = ANY (targets) OR s.object_id = ANY (targets)
                )
            $$;

        -- A belief is ended once; besides, an erasure takes values away, in the transaction that makes the tombstone.
        CREATE OR REPLACE FUNCTION registry.end_belief_only() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            old_row  CONSTANT jsonb := to_jsonb(OLD);
            new_row  CONSTANT jsonb := to_jsonb(NEW);
            gone     CONSTANT text[] := '{attributes,object_id,slot}';
            owner_id CONSTANT bigint := coalesce(new_row->>'record_id', new_row->>'subject_id')::bigint;
        BEGIN
            IF OLD.superseded_by IS NULL AND NEW.superseded_by IS NOT NULL
                AND new_row - 'superseded_by' = old_row - 'superseded_by'
            THEN
                RETURN NEW;
            END IF;
            IF new_row - gone = old_row - gone AND OLD.attributes @> NEW.attributes
                AND coalesce(new_row->>'object_id', '') IN ('', old_row->>'object_id')
                AND EXISTS (
                    SELECT FROM registry.erasure e
                    WHERE e.record_id = owner_id AND e.xmin = pg_current_xact_id()::xid
                )
            THEN
                RETURN NEW;
            END IF;
            RAISE EXCEPTION 'what was recorded in % stays as it is', TG_TABLE_NAME
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'recorded_for_ever';
        END
        $$;

        -- Erases one record of an approval that the caller has asked for and somebody else has approved. It runs as its
        -- owner, since services may change no value that was recorded.
        CREATE FUNCTION registry.erase(target bigint, by_recording bigint, by_approval bigint) RETURNS void
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET ceyuan.regions = '*'
        AS $$
        DECLARE
            held registry.record;
        BEGIN
            PERFORM FROM registry.approval a
            WHERE a.id = by_approval AND a.action = 'erasure' AND target = ANY (a.records)
                AND a.requested_by = identity.principal_id() AND registry.approval_state(a) = 'approved'
            FOR UPDATE;
            IF NOT FOUND THEN
                RAISE EXCEPTION 'nobody has approved to erase record %', target
                    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'erasure_approved';
            END IF;
            SELECT * INTO STRICT held FROM registry.record r WHERE r.id = target FOR UPDATE;
            INSERT INTO registry.erasure (
                record_id, approval_id, recording_id, fields, versions, statements, batches, principal
            )
            SELECT target, by_approval, by_recording,
                ARRAY(
                    SELECT DISTINCT code FROM registry.record_version v
                        CROSS JOIN LATERAL registry.parted('record', held.kind, v.attributes) p
                        CROSS JOIN unnest(p.goes) code
                    WHERE v.record_id = target
                    UNION
                    SELECT s.type || '.' || code FROM registry.statement s
                        CROSS JOIN LATERAL registry.parted('statement', s.type, s.attributes) p
                        CROSS JOIN unnest(p.goes) code
                    WHERE s.subject_id = target
                    ORDER BY 1
                ),
                (SELECT count(*) FROM registry.record_version v WHERE v.record_id = target),
                (SELECT count(*) FROM registry.statement s WHERE s.subject_id = target),
                registry.batches_of(ARRAY[target]),
                identity.principal_id();
            UPDATE registry.record_version v
            SET attributes = (SELECT p.stays FROM registry.parted('record', held.kind, v.attributes) p)
            WHERE v.record_id = target;
            -- Whom it was with goes too; a slot names the other, so each statement gets one of its own.
            UPDATE registry.statement s
            SET attributes = (SELECT p.stays FROM registry.parted('statement', s.type, s.attributes) p),
                object_id = NULL, slot = CASE WHEN s.slot IS NOT NULL THEN 'erased ' || s.id END
            WHERE s.subject_id = target;
            DELETE FROM registry.search_entry e WHERE e.record_id = target;
            -- Grounds of derived facts quote what was said of the person.
            IF to_regclass('registry.derived_fact') IS NOT NULL THEN
                DELETE FROM registry.derived_fact d WHERE d.record_id = target;
            END IF;
            -- What records are compared by has names; its trigger takes the keys away.
            IF to_regclass('registry.linkage_profile') IS NOT NULL THEN
                DELETE FROM registry.duplicate_candidate c WHERE target IN (c.one_id, c.other_id);
                DELETE FROM registry.linkage_profile l WHERE l.record_id = target;
            END IF;
            IF to_regclass('registry.record_key') IS NOT NULL THEN
                DELETE FROM registry.record_key k WHERE k.record_id = target;
                DELETE FROM registry.blind_index b WHERE b.record_id = target;
            END IF;
            UPDATE registry.record SET state = 'erased', merged_into = NULL, recording_id = by_recording
            WHERE id = target;
        END
        $$;
        REVOKE EXECUTE ON FUNCTION registry.erase FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION registry.erase TO ceyuan_service;

        INSERT INTO identity.role_permission (role, permission) VALUES ('registry_officer', 'record.erase')
        ON CONFLICT DO NOTHING;
        """
}
