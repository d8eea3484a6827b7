extension RegistryRecordMigrations {
    static let checks = """
        -- Whether a field may have this value; false for no field, and for what may only be kept encrypted.
        CREATE FUNCTION registry.value_allowed(field registry.field, value jsonb) RETURNS boolean
            LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
        DECLARE
            given text := value #>> '{}';
            kind  text := jsonb_typeof(value);
        BEGIN
            CASE field.type
                WHEN 'boolean' THEN RETURN kind = 'boolean';
                WHEN 'integer', 'year' THEN
                    IF kind <> 'number' OR given !~ '^-?[0-9]{1,19}$' THEN RETURN false; END IF;
                    RETURN given::numeric >= coalesce(field.minimum, given::numeric)
                        AND given::numeric <= coalesce(field.maximum, given::numeric);
                WHEN 'decimal' THEN
                    IF kind <> 'string' OR given !~ '^-?[0-9]{1,24}([.][0-9]{1,12})?$' THEN RETURN false; END IF;
                    RETURN given::numeric >= coalesce(field.minimum, given::numeric)
                        AND given::numeric <= coalesce(field.maximum, given::numeric);
                ELSE
                    IF kind <> 'string' OR given = '' OR length(given) > field.maximum_length THEN RETURN false; END IF;
            END CASE;
            RETURN CASE field.type
                WHEN 'date' THEN given ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' AND given::date IS NOT NULL
                WHEN 'term' THEN EXISTS (
                    SELECT FROM registry.classification c WHERE c.vocabulary = field.vocabulary AND c.code = given
                )
                WHEN 'choice' THEN field.choices @> jsonb_build_array(jsonb_build_object('code', given))
                WHEN 'region' THEN EXISTS (SELECT FROM registry.region r WHERE r.code = given)
                ELSE field.pattern IS NULL OR given ~ ('^(?:' || field.pattern || ')$')
            END;
        END
        $$;

        CREATE FUNCTION registry.field_allows(field registry.field, value jsonb) RETURNS boolean
            LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
        BEGIN
            IF field.code IS NULL OR field.privacy = 'sealed' THEN RETURN false; END IF;
            IF NOT field.is_many THEN RETURN registry.value_allowed(field, value); END IF;
            IF jsonb_typeof(value) <> 'array' THEN RETURN false; END IF;
            RETURN NOT EXISTS (
                SELECT FROM jsonb_array_elements(value) AS element (value)
                WHERE NOT registry.value_allowed(field, element.value)
            );
        END
        $$;

        -- The functions of triggers look everywhere: what is checked may lie in a region that the writer does not see.
        -- They look at all rows of a statement at once, so that a load is checked as a set.
        CREATE FUNCTION registry.check_versions() RETURNS trigger
            LANGUAGE plpgsql SET ceyuan.regions = '*' AS $$
        DECLARE
            fault record;
        BEGIN
            SELECT r.key, given.code INTO fault
            FROM added v
                JOIN registry.record r ON r.id = v.record_id
                CROSS JOIN LATERAL jsonb_each(v.attributes) AS given (code, value)
                LEFT JOIN registry.field f ON f.owner_type = 'record' AND f.owner = r.kind AND f.code = given.code
            WHERE NOT registry.field_allows(f, given.value) LIMIT 1;
            IF FOUND THEN
                RAISE EXCEPTION 'the field % of record % has a value that is not allowed', fault.code, fault.key
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'record_version_fields';
            END IF;
            SELECT r.key, f.code INTO fault
            FROM added v
                JOIN registry.record r ON r.id = v.record_id
                JOIN registry.field f ON f.owner_type = 'record' AND f.owner = r.kind AND f.is_required
            WHERE NOT v.attributes ? f.code LIMIT 1;
            IF FOUND THEN
                RAISE EXCEPTION 'the field % of record % is missing', fault.code, fault.key
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'record_version_required';
            END IF;
            -- Row-level security goes by the region of the record: it must be that of the last version.
            SELECT r.key INTO fault
            FROM (SELECT DISTINCT record_id FROM added) touched
                JOIN registry.record r ON r.id = touched.record_id
                CROSS JOIN LATERAL (
                    SELECT v.attributes->>'region' AS region, v.state FROM registry.record_version v
                    WHERE v.record_id = r.id AND v.superseded_by IS NULL ORDER BY v.valid_from DESC LIMIT 1
                ) AS last
                LEFT JOIN registry.region g ON g.code = last.region
            WHERE r.region_id IS DISTINCT FROM g.id OR (r.state IN ('active', 'closed') AND r.state <> last.state)
            LIMIT 1;
            IF FOUND THEN
                RAISE EXCEPTION 'region or state of record % are not those of its last version', fault.key
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'record_last_version';
            END IF;
            RETURN NULL;
        END
        $$;
        CREATE TRIGGER check_versions AFTER INSERT ON registry.record_version
            REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION registry.check_versions();

        CREATE FUNCTION registry.slot_of(slot text, object_id bigint, term text) RETURNS text
            LANGUAGE sql IMMUTABLE PARALLEL SAFE
            RETURN CASE slot
                WHEN 'none' THEN NULL
                WHEN 'subject' THEN ''
                WHEN 'term' THEN coalesce(term, '')
                WHEN 'object' THEN coalesce(object_id::text, '')
                WHEN 'pair' THEN coalesce(object_id::text, '') || ' ' || coalesce(term, '')
            END;

        CREATE FUNCTION registry.check_statements() RETURNS trigger
            LANGUAGE plpgsql SET ceyuan.regions = '*' AS $$
        DECLARE
            fault record;
        BEGIN
            SELECT s.type, s.number INTO fault
            FROM added s
                JOIN registry.statement_type t ON t.code = s.type
                JOIN registry.record subject ON subject.id = s.subject_id
                LEFT JOIN registry.record object ON object.id = s.object_id
            WHERE NOT t.subjects ? subject.kind
                OR (s.object_id IS NULL AND t.needs_object)
                OR (s.object_id IS NOT NULL AND NOT t.objects ? object.kind)
                OR (s.object_id IS NOT NULL AND object.state NOT IN ('active', 'closed'))
                OR (s.share IS NOT NULL AND t.shares = 'none')
                OR s.slot IS DISTINCT FROM registry.slot_of(t.slot, s.object_id, s.term)
                OR CASE
                    WHEN t.vocabulary IS NOT NULL THEN NOT EXISTS (
                        SELECT FROM registry.classification c WHERE c.vocabulary = t.vocabulary AND c.code = s.term
                    )
                    WHEN t.choices <> '[]' THEN
                        s.term IS NULL OR NOT t.choices @> jsonb_build_array(jsonb_build_object('code', s.term))
                    ELSE s.term IS NOT NULL
                END
            LIMIT 1;
            IF FOUND THEN
                RAISE EXCEPTION 'statement % is not as % is declared', fault.number, fault.type
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'statement_declaration';
            END IF;
            SELECT s.type, s.number, given.code INTO fault
            FROM added s
                CROSS JOIN LATERAL jsonb_each(s.attributes) AS given (code, value)
                LEFT JOIN registry.field f ON f.owner_type = 'statement' AND f.owner = s.type AND f.code = given.code
            WHERE NOT registry.field_allows(f, given.value) LIMIT 1;
            IF FOUND THEN
                RAISE EXCEPTION 'the field % of statement % has a value that is not allowed', fault.code, fault.number
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'statement_fields';
            END IF;
            SELECT s.number, f.code INTO fault
            FROM added s
                JOIN registry.field f ON f.owner_type = 'statement' AND f.owner = s.type AND f.is_required
            WHERE NOT s.attributes ? f.code LIMIT 1;
            IF FOUND THEN
                RAISE EXCEPTION 'the field % of statement % is missing', fault.code, fault.number
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'statement_required';
            END IF;
            -- Two writers that each see half of the shares must not pass each other. Nobody else sees a record of this
            -- very transaction.
            PERFORM FROM registry.record r
            WHERE r.xmin <> pg_current_xact_id()::xid AND r.id IN (
                SELECT s.subject_id FROM added s JOIN registry.statement_type t ON t.code = s.type
                WHERE t.shares IN ('subject', 'term') AND s.share IS NOT NULL
            ) ORDER BY r.id FOR NO KEY UPDATE;
            -- Sums grow on first days only. An unknown first day counts as the earliest of all.
            SELECT r.key, one.type INTO fault
            FROM (
                SELECT DISTINCT s.subject_id, s.type, t.shares FROM added s
                    JOIN registry.statement_type t ON t.code = s.type
                WHERE t.shares IN ('subject', 'term') AND s.share IS NOT NULL
            ) AS touched
                JOIN registry.record r ON r.id = touched.subject_id
                JOIN registry.statement one ON one.subject_id = touched.subject_id AND one.type = touched.type
                    AND one.superseded_by IS NULL AND one.share IS NOT NULL
                JOIN registry.statement other ON other.subject_id = one.subject_id AND other.type = one.type
                    AND other.superseded_by IS NULL AND other.share IS NOT NULL
                    AND (touched.shares = 'subject' OR other.term = one.term)
                    AND other.valid @> coalesce(lower(one.valid), '-infinity')
            GROUP BY r.key, one.type, one.id HAVING sum(other.share) > 1 LIMIT 1;
            IF FOUND THEN
                RAISE EXCEPTION 'shares of % of record % add up to more than one', fault.type, fault.key
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'statement_shares';
            END IF;
            RETURN NULL;
        END
        $$;
        CREATE TRIGGER check_statements AFTER INSERT ON registry.statement
            REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION registry.check_statements();
        """
}
