extension RegistryImportMigrations {
    /// The checks of versions and statements again, for loads of hundreds of thousands of rows.
    ///
    /// They find the same faults. A session plans them once, perhaps for one row in an empty register, and keeps the plan:
    /// so each row looks up what it needs by the key of an index, in an order that leaves the planner nothing to choose.
    static let checks = """
        CREATE OR REPLACE FUNCTION registry.check_versions() RETURNS trigger
            LANGUAGE plpgsql SET ceyuan.regions = '*' SET jit = off SET enable_seqscan = off SET enable_bitmapscan = off
        AS $$
        DECLARE
            fault record;
        BEGIN
            SELECT r.key, given.code INTO fault
            FROM added v
                CROSS JOIN LATERAL (SELECT r.key, r.kind FROM registry.record r WHERE r.id = v.record_id LIMIT 1) AS r
                CROSS JOIN LATERAL jsonb_each(v.attributes) AS given (code, value)
                \(ValueCheck.field(of: "record", "r.kind"))
            WHERE \(ValueCheck.isRefused) LIMIT 1;
            IF FOUND THEN
                RAISE EXCEPTION 'the field % of record % has a value that is not allowed', fault.code, fault.key
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'record_version_fields';
            END IF;
            SELECT r.key, required.code INTO fault
            FROM added v
                CROSS JOIN LATERAL (SELECT r.key, r.kind FROM registry.record r WHERE r.id = v.record_id LIMIT 1) AS r
                JOIN (
                    SELECT f.owner, f.code FROM registry.field f WHERE f.owner_type = 'record' AND f.is_required OFFSET 0
                ) AS required ON required.owner = r.kind
            WHERE NOT v.attributes ? required.code LIMIT 1;
            IF FOUND THEN
                RAISE EXCEPTION 'the field % of record % is missing', fault.code, fault.key
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'record_version_required';
            END IF;
            -- Row-level security goes by the region of the record: it must be that of the last version.
            SELECT r.key INTO fault
            FROM (SELECT DISTINCT record_id FROM added) AS touched
                CROSS JOIN LATERAL (
                    SELECT r.key, r.state, r.region_id FROM registry.record r WHERE r.id = touched.record_id LIMIT 1
                ) AS r
                CROSS JOIN LATERAL (
                    SELECT v.attributes->>'region' AS region, v.state FROM registry.record_version v
                    WHERE v.record_id = touched.record_id AND v.superseded_by IS NULL
                    ORDER BY v.valid_from DESC LIMIT 1
                ) AS last
                LEFT JOIN LATERAL (SELECT g.id FROM registry.region g WHERE g.code = last.region LIMIT 1) AS g ON true
            WHERE r.region_id IS DISTINCT FROM g.id OR (r.state IN ('active', 'closed') AND r.state <> last.state)
            LIMIT 1;
            IF FOUND THEN
                RAISE EXCEPTION 'region or state of record % are not those of its last version', fault.key
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'record_last_version';
            END IF;
            RETURN NULL;
        END
        $$;

        CREATE OR REPLACE FUNCTION registry.check_statements() RETURNS trigger
            LANGUAGE plpgsql SET ceyuan.regions = '*' SET jit = off SET enable_seqscan = off SET enable_bitmapscan = off
        AS $$
        DECLARE
            fault record;
        BEGIN
            SELECT s.type, s.number INTO fault
            FROM added s
                CROSS JOIN LATERAL (SELECT * FROM registry.statement_type t WHERE t.code = s.type LIMIT 1) AS t
                CROSS JOIN LATERAL (
                    SELECT r.kind FROM registry.record r WHERE r.id = s.subject_id LIMIT 1
                ) AS subject
                LEFT JOIN LATERAL (
                    SELECT r.kind, r.state FROM registry.record r WHERE r.id = s.object_id LIMIT 1
                ) AS object ON true
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
                \(ValueCheck.field(of: "statement", "s.type"))
            WHERE \(ValueCheck.isRefused) LIMIT 1;
            IF FOUND THEN
                RAISE EXCEPTION 'the field % of statement % has a value that is not allowed', fault.code, fault.number
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'statement_fields';
            END IF;
            SELECT s.number, required.code INTO fault
            FROM added s
                JOIN (
                    SELECT f.owner, f.code FROM registry.field f WHERE f.owner_type = 'statement' AND f.is_required OFFSET 0
                ) AS required ON required.owner = s.type
            WHERE NOT s.attributes ? required.code LIMIT 1;
            IF FOUND THEN
                RAISE EXCEPTION 'the field % of statement % is missing', fault.code, fault.number
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'statement_required';
            END IF;
            -- Two writers that each see half of the shares must not pass each other. Nobody else sees a record of this
            -- very transaction.
            PERFORM FROM (
                SELECT DISTINCT s.subject_id
                FROM added s
                    CROSS JOIN LATERAL (SELECT t.shares FROM registry.statement_type t WHERE t.code = s.type LIMIT 1) AS t
                WHERE t.shares IN ('subject', 'term') AND s.share IS NOT NULL ORDER BY 1
            ) AS touched CROSS JOIN LATERAL (
                SELECT FROM registry.record r
                WHERE r.id = touched.subject_id AND r.xmin <> pg_current_xact_id()::xid FOR NO KEY UPDATE
            ) AS held;
            -- Sums grow on first days only. An unknown first day counts as the earliest of all. Few have shares that add up
            -- to more than one over all days; only those are looked at day by day. The condition on superseded_by fits no
            -- index on purpose: that of the subjects is the one to use.
            SELECT registry.key_of(touched.subject_id) AS key, touched.type INTO fault
            FROM (
                SELECT each.subject_id, each.type, each.shares
                FROM (
                    SELECT DISTINCT s.subject_id, s.type, t.shares
                    FROM added s
                        CROSS JOIN LATERAL (
                            SELECT t.shares FROM registry.statement_type t WHERE t.code = s.type LIMIT 1
                        ) AS t
                    WHERE t.shares IN ('subject', 'term') AND s.share IS NOT NULL
                ) AS each
                WHERE (
                    SELECT sum(s.share) FROM registry.statement s
                    WHERE s.subject_id = each.subject_id AND s.type = each.type AND coalesce(s.superseded_by, 0) = 0
                ) > 1 OFFSET 0
            ) AS touched
                CROSS JOIN LATERAL (
                    SELECT one.term, coalesce(lower(one.valid), '-infinity') AS first_day FROM registry.statement one
                    WHERE one.subject_id = touched.subject_id AND one.type = touched.type AND one.share IS NOT NULL
                        AND coalesce(one.superseded_by, 0) = 0 OFFSET 0
                ) AS one
            WHERE (
                SELECT sum(other.share) FROM registry.statement other
                WHERE other.subject_id = touched.subject_id AND other.type = touched.type
                    AND coalesce(other.superseded_by, 0) = 0
                    AND (touched.shares = 'subject' OR other.term = one.term) AND other.valid @> one.first_day
            ) > 1
            LIMIT 1;
            IF FOUND THEN
                RAISE EXCEPTION 'shares of % of record % add up to more than one', fault.type, fault.key
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'statement_shares';
            END IF;
            RETURN NULL;
        END
        $$;

        -- What a value may be stands in these checks now.
        DROP FUNCTION registry.field_allows(registry.field, jsonb);
        DROP FUNCTION registry.value_allowed(registry.field, jsonb);
        DROP FUNCTION registry.is_sealed(jsonb);
        """
}
