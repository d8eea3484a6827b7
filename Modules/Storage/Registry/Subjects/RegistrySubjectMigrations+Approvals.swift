extension RegistrySubjectMigrations {
    /// Two people: the database itself lets nobody approve what they have asked for.
    static let approvals = """
        CREATE TABLE registry.approval (
            id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            action       text NOT NULL CHECK (action IN ('erasure', 'export')),
            -- These records and no others, in the order in which they were named.
            records      bigint[] NOT NULL CHECK (cardinality(records) BETWEEN 1 AND 1000),
            -- Where they lay, so that whoever decides may see all of them.
            regions      integer[] NOT NULL,
            -- Whether one of them lay in no region.
            is_beyond    boolean NOT NULL,
            reason       text NOT NULL CHECK (length(reason) BETWEEN 1 AND 2000),
            terms        jsonb CHECK (jsonb_typeof(terms) = 'object'),
            requested_by text NOT NULL,
            activity     text NOT NULL,
            requested_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            waits_until  timestamptz NOT NULL CHECK (waits_until > requested_at),
            decided_by   text,
            decided_at   timestamptz,
            is_granted   boolean,
            remark       text CHECK (length(remark) BETWEEN 1 AND 2000),
            usable_until timestamptz CHECK (usable_until > decided_at),
            withdrawn_at timestamptz,
            used_at      timestamptz,
            CONSTRAINT approval_second_person CHECK (decided_by <> requested_by),
            CHECK ((action = 'export') = (terms IS NOT NULL)),
            CHECK ((decided_by IS NULL) = (decided_at IS NULL) AND (decided_by IS NULL) = (is_granted IS NULL)),
            CHECK (coalesce(is_granted, false) = (usable_until IS NOT NULL)),
            CHECK (used_at IS NULL OR is_granted)
        );
        CREATE INDEX approval_requested_by ON registry.approval (requested_by, id);

        CREATE FUNCTION registry.approval_state(approval registry.approval) RETURNS text
            LANGUAGE sql VOLATILE AS $$
                SELECT CASE
                    WHEN approval.withdrawn_at IS NOT NULL THEN 'withdrawn'
                    WHEN NOT approval.is_granted THEN 'refused'
                    WHEN approval.used_at IS NOT NULL AND approval.action = 'erasure' THEN 'used'
                    WHEN clock_timestamp() >= coalesce(approval.usable_until, approval.waits_until) THEN 'expired'
                    WHEN approval.is_granted THEN 'approved'
                    ELSE 'waiting'
                END
            $$;

        CREATE FUNCTION registry.check_approval() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            later CONSTANT text[] := '{decided_by,decided_at,is_granted,remark,usable_until,withdrawn_at,used_at}';
            fault text;
        BEGIN
            IF TG_OP = 'INSERT' THEN
                fault := CASE
                    WHEN NEW.requested_by IS DISTINCT FROM identity.principal_id() THEN 'is asked for in another''s name'
                    WHEN NEW.decided_at IS NOT NULL OR NEW.withdrawn_at IS NOT NULL OR NEW.used_at IS NOT NULL
                        THEN 'begins without a decision'
                END;
            ELSIF to_jsonb(NEW) - later <> to_jsonb(OLD) - later THEN
                fault := 'stays what was asked for';
            ELSIF registry.approval_state(OLD) NOT IN ('waiting', 'approved') THEN
                fault := 'is ' || registry.approval_state(OLD);
            ELSIF OLD.decided_at IS NULL AND NEW.decided_at IS NOT NULL THEN
                fault := CASE
                    WHEN NEW.decided_by IS DISTINCT FROM identity.principal_id() THEN 'is decided in another''s name'
                    WHEN NEW.withdrawn_at IS NOT NULL OR NEW.used_at IS NOT NULL THEN 'is decided first'
                END;
            ELSIF (NEW.decided_by, NEW.decided_at, NEW.is_granted, NEW.remark, NEW.usable_until) IS DISTINCT FROM
                (OLD.decided_by, OLD.decided_at, OLD.is_granted, OLD.remark, OLD.usable_until)
            THEN
                fault := 'is decided once';
            ELSIF NEW.requested_by IS DISTINCT FROM identity.principal_id() THEN
                fault := 'is used by who asked';
            ELSIF OLD.used_at IS NOT NULL AND NEW.used_at IS DISTINCT FROM OLD.used_at THEN
                fault := 'was used';
            END IF;
            IF fault IS NOT NULL THEN
                RAISE EXCEPTION 'approval % %', NEW.id, fault
                    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'approval_second_person';
            END IF;
            RETURN NEW;
        END
        $$;
        CREATE TRIGGER check_approval BEFORE INSERT OR UPDATE ON registry.approval
            FOR EACH ROW EXECUTE FUNCTION registry.check_approval();
        CREATE TRIGGER no_removal BEFORE DELETE ON registry.approval
            FOR EACH ROW EXECUTE FUNCTION registry.refuse_change();
        CREATE TRIGGER no_truncation BEFORE TRUNCATE ON registry.approval
            FOR EACH STATEMENT EXECUTE FUNCTION registry.refuse_change();
        REVOKE DELETE ON registry.approval FROM ceyuan_service;

        -- Whoever sees all of the records sees what is asked for them.
        ALTER TABLE registry.approval ENABLE ROW LEVEL SECURITY;
        ALTER TABLE registry.approval FORCE ROW LEVEL SECURITY;
        CREATE POLICY approval_by_regions ON registry.approval USING (
            (SELECT identity.is_everywhere())
            OR (NOT is_beyond AND regions <@ ((SELECT identity.regions())::integer[]))
        );

        INSERT INTO identity.role_permission (role, permission)
        SELECT role, unnest(permissions) FROM (VALUES
            ('registry_officer', ARRAY['approval.read', 'record.export_personal']),
            ('privacy_officer', ARRAY['approval.read', 'approval.decide']),
            ('auditor', ARRAY['approval.read'])
        ) AS given (role, permissions)
        ON CONFLICT DO NOTHING;
        """
}
