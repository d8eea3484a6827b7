extension RegistryRecordMigrations {
    static let access = """
        -- A belief is ended once; nothing else of it changes, and nothing goes away.
        CREATE FUNCTION registry.end_belief_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF OLD.superseded_by IS NOT NULL OR NEW.superseded_by IS NULL
                OR to_jsonb(NEW) - 'superseded_by' <> to_jsonb(OLD) - 'superseded_by'
            THEN
                RAISE EXCEPTION 'what was recorded in % stays as it is', TG_TABLE_NAME
                    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'recorded_for_ever';
            END IF;
            RETURN NEW;
        END
        $$;
        CREATE TRIGGER end_belief_only BEFORE UPDATE ON registry.record_version
            FOR EACH ROW EXECUTE FUNCTION registry.end_belief_only();
        CREATE TRIGGER end_belief_only BEFORE UPDATE ON registry.statement
            FOR EACH ROW EXECUTE FUNCTION registry.end_belief_only();

        CREATE FUNCTION registry.recording_has_instant() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (SELECT FROM registry.recording r WHERE r.id = NEW.id AND r.recorded_at IS NULL) THEN
                RAISE EXCEPTION 'recording % has no instant', NEW.id
                    USING ERRCODE = 'not_null_violation', CONSTRAINT = 'recording_instant';
            END IF;
            RETURN NULL;
        END
        $$;
        CREATE CONSTRAINT TRIGGER recording_has_instant AFTER INSERT ON registry.recording
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registry.recording_has_instant();

        ALTER TABLE registry.record ENABLE ROW LEVEL SECURITY;
        ALTER TABLE registry.record FORCE ROW LEVEL SECURITY;
        CREATE POLICY record_by_region ON registry.record USING (
            (SELECT identity.is_everywhere()) OR region_id = ANY ((SELECT identity.regions())::integer[])
        );
        -- Whoever sees a record sees what was ever believed of it.
        ALTER TABLE registry.record_version ENABLE ROW LEVEL SECURITY;
        ALTER TABLE registry.record_version FORCE ROW LEVEL SECURITY;
        CREATE POLICY version_by_record ON registry.record_version USING (
            (SELECT identity.is_everywhere()) OR EXISTS (SELECT FROM registry.record r WHERE r.id = record_id)
        );
        ALTER TABLE registry.statement ENABLE ROW LEVEL SECURITY;
        ALTER TABLE registry.statement FORCE ROW LEVEL SECURITY;
        CREATE POLICY statement_by_subject ON registry.statement USING (
            (SELECT identity.is_everywhere()) OR EXISTS (SELECT FROM registry.record r WHERE r.id = subject_id)
        );

        -- A relation may lead to a record of another region: of that one its kind and state may be known, no more.
        CREATE FUNCTION registry.related(keys text[])
            RETURNS TABLE (id bigint, key text, kind text, state text, merged_into text)
            LANGUAGE sql STABLE SET ceyuan.regions = '*' AS $$
                SELECT r.id, r.key, r.kind, r.state, m.key
                FROM registry.record r LEFT JOIN registry.record m ON m.id = r.merged_into WHERE r.key = ANY (keys)
            $$;
        CREATE FUNCTION registry.key_of(id bigint) RETURNS text
            LANGUAGE sql STABLE SET ceyuan.regions = '*' AS $$
                SELECT r.key FROM registry.record r WHERE r.id = key_of.id
            $$;

        DO $$
        BEGIN
            REVOKE DELETE ON registry.record, registry.recording, registry.record_version, registry.statement
                FROM ceyuan_service;
            REVOKE UPDATE ON registry.record_version, registry.statement, registry.recording FROM ceyuan_service;
            GRANT UPDATE (superseded_by) ON registry.record_version, registry.statement TO ceyuan_service;
            GRANT UPDATE (recorded_at) ON registry.recording TO ceyuan_service;
        END
        $$;

        INSERT INTO identity.role_permission (role, permission)
        SELECT role, unnest(permissions) FROM (VALUES
            ('registry_officer', ARRAY['record.read', 'record.write', 'record.unmask']),
            ('data_steward', ARRAY['record.read']),
            ('statistician', ARRAY['record.read']),
            ('report_writer', ARRAY['record.read']),
            ('auditor', ARRAY['record.read']),
            ('viewer', ARRAY['record.read'])
        ) AS given (role, permissions)
        ON CONFLICT DO NOTHING;
        """
}
