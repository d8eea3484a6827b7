extension RegistrySubjectMigrations {
    /// What persons ask for, and each step of the answer: nothing of it is changed afterwards.
    static let requests = """
        CREATE TABLE registry.subject_request (
            id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            record_id   bigint NOT NULL REFERENCES registry.record (id),
            kind        text NOT NULL CHECK (kind IN ('copy', 'correct', 'erase', 'restrict', 'explain')),
            lodger      text NOT NULL CHECK (lodger IN ('person', 'agent', 'guardian', 'relative')),
            channel     text NOT NULL CHECK (channel IN ('paper', 'online', 'message', 'spoken', 'document')),
            note        text CHECK (length(note) BETWEEN 1 AND 2000),
            received_on date NOT NULL,
            due_on      date NOT NULL CHECK (due_on >= received_on)
        );
        CREATE INDEX subject_request_record ON registry.subject_request (record_id);

        CREATE TABLE registry.subject_step (
            request_id   bigint NOT NULL REFERENCES registry.subject_request (id),
            state        text NOT NULL CHECK (state IN ('received', 'in_work', 'done', 'refused')),
            at           timestamptz NOT NULL,
            principal    text NOT NULL,
            activity     text NOT NULL,
            remark       text CHECK (length(remark) BETWEEN 1 AND 2000),
            recording_id bigint REFERENCES registry.recording (id),
            PRIMARY KEY (request_id, state),
            CONSTRAINT subject_step_said CHECK (state NOT IN ('in_work', 'refused') OR remark IS NOT NULL)
        );
        -- It ends once.
        CREATE UNIQUE INDEX subject_step_end ON registry.subject_step (request_id) WHERE state IN ('done', 'refused');

        CREATE FUNCTION registry.check_subject_step() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            -- Two steps at once must not pass each other.
            PERFORM FROM registry.subject_request r WHERE r.id = NEW.request_id FOR NO KEY UPDATE;
            IF NEW.state <> 'received' AND NOT EXISTS (
                SELECT FROM registry.subject_step s WHERE s.request_id = NEW.request_id
                    AND s.state = CASE WHEN NEW.state = 'done' THEN 'in_work' ELSE 'received' END
            ) OR EXISTS (
                SELECT FROM registry.subject_step s
                WHERE s.request_id = NEW.request_id AND s.state IN ('done', 'refused')
            ) THEN
                RAISE EXCEPTION 'request % cannot come to %', NEW.request_id, NEW.state
                    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'subject_step_order';
            END IF;
            RETURN NEW;
        END
        $$;
        CREATE TRIGGER check_subject_step BEFORE INSERT ON registry.subject_step
            FOR EACH ROW EXECUTE FUNCTION registry.check_subject_step();
        DO $$
        DECLARE
            name regclass;
        BEGIN
            FOREACH name IN ARRAY '{registry.subject_request,registry.subject_step}'::regclass[] LOOP
                EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %s FOR EACH ROW'
                    ' EXECUTE FUNCTION registry.refuse_change()', name);
                EXECUTE format('CREATE TRIGGER no_truncation BEFORE TRUNCATE ON %s FOR EACH STATEMENT'
                    ' EXECUTE FUNCTION registry.refuse_change()', name);
                EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', name);
                EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', name);
            END LOOP;
        END
        $$;
        REVOKE DELETE ON registry.subject_request, registry.subject_step FROM ceyuan_service;
        REVOKE UPDATE ON registry.subject_step FROM ceyuan_service;
        CREATE POLICY request_by_record ON registry.subject_request USING (
            (SELECT identity.is_everywhere()) OR EXISTS (SELECT FROM registry.record r WHERE r.id = record_id)
        );
        CREATE POLICY step_by_request ON registry.subject_step USING (
            (SELECT identity.is_everywhere())
            OR EXISTS (SELECT FROM registry.subject_request r WHERE r.id = request_id)
        );

        INSERT INTO identity.role_permission (role, permission)
        SELECT role, unnest(permissions) FROM (VALUES
            ('registry_officer', ARRAY['subject.read', 'subject.write']),
            ('privacy_officer', ARRAY['subject.read']),
            ('auditor', ARRAY['subject.read'])
        ) AS given (role, permissions)
        ON CONFLICT DO NOTHING;
        """
}
