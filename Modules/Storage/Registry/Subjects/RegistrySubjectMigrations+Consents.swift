extension RegistrySubjectMigrations {
    /// A ledger: lines are added, and nothing is changed or taken away.
    static let consents = """
        CREATE TABLE registry.consent (
            id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            record_id   bigint NOT NULL REFERENCES registry.record (id),
            purpose     text NOT NULL CHECK (purpose ~ '^[a-z][a-z0-9_]{0,62}$'),
            -- Personal Information Protection Law, art. 13.
            basis       text NOT NULL CHECK (basis IN (
                'consent', 'contract', 'legal_duty', 'emergency', 'public_interest', 'public_information', 'other_law'
            )),
            form        text CHECK (form IN ('general', 'separate', 'written')),
            -- None stands for all fields.
            fields      text[] NOT NULL,
            given_at    timestamptz NOT NULL,
            until       timestamptz CHECK (until > given_at),
            channel     text NOT NULL CHECK (channel IN ('paper', 'online', 'message', 'spoken', 'document')),
            document    text CHECK (length(document) BETWEEN 1 AND 500),
            sha256      text CHECK (sha256 ~ '^[0-9a-f]{64}$'),
            note        text CHECK (length(note) BETWEEN 1 AND 2000),
            recorded_at timestamptz NOT NULL,
            principal   text NOT NULL,
            activity    text NOT NULL,
            CHECK ((basis = 'consent') = (form IS NOT NULL)),
            CHECK (sha256 IS NULL OR document IS NOT NULL),
            CHECK (given_at <= recorded_at)
        );
        CREATE INDEX consent_subject ON registry.consent (record_id, purpose, id);

        -- The key lets nobody end a ground twice.
        CREATE TABLE registry.consent_withdrawal (
            consent_id   bigint PRIMARY KEY REFERENCES registry.consent (id),
            withdrawn_at timestamptz NOT NULL,
            channel      text NOT NULL CHECK (channel IN ('paper', 'online', 'message', 'spoken', 'document')),
            document     text CHECK (length(document) BETWEEN 1 AND 500),
            sha256       text CHECK (sha256 ~ '^[0-9a-f]{64}$'),
            note         text CHECK (length(note) BETWEEN 1 AND 2000),
            recorded_at  timestamptz NOT NULL,
            principal    text NOT NULL,
            activity     text NOT NULL,
            CHECK (sha256 IS NULL OR document IS NOT NULL),
            CHECK (withdrawn_at <= recorded_at)
        );

        CREATE FUNCTION registry.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '%.% is append-only: % is refused', tg_table_schema, tg_table_name, tg_op
                USING ERRCODE = 'insufficient_privilege';
        END
        $$;
        CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON registry.consent
            FOR EACH ROW EXECUTE FUNCTION registry.refuse_change();
        CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON registry.consent_withdrawal
            FOR EACH ROW EXECUTE FUNCTION registry.refuse_change();
        CREATE TRIGGER no_truncation BEFORE TRUNCATE ON registry.consent
            FOR EACH STATEMENT EXECUTE FUNCTION registry.refuse_change();
        CREATE TRIGGER no_truncation BEFORE TRUNCATE ON registry.consent_withdrawal
            FOR EACH STATEMENT EXECUTE FUNCTION registry.refuse_change();
        REVOKE UPDATE, DELETE ON registry.consent, registry.consent_withdrawal FROM ceyuan_service;

        -- Whoever sees a record sees its ledger.
        ALTER TABLE registry.consent ENABLE ROW LEVEL SECURITY;
        ALTER TABLE registry.consent FORCE ROW LEVEL SECURITY;
        CREATE POLICY consent_by_record ON registry.consent USING (
            (SELECT identity.is_everywhere()) OR EXISTS (SELECT FROM registry.record r WHERE r.id = record_id)
        );
        ALTER TABLE registry.consent_withdrawal ENABLE ROW LEVEL SECURITY;
        ALTER TABLE registry.consent_withdrawal FORCE ROW LEVEL SECURITY;
        CREATE POLICY withdrawal_by_consent ON registry.consent_withdrawal USING (
            (SELECT identity.is_everywhere()) OR EXISTS (SELECT FROM registry.consent c WHERE c.id = consent_id)
        );

        -- Who answers for the protection of personal information: PIPL art. 52.
        INSERT INTO identity.role (code, name_zh, name_en, is_builtin)
        VALUES ('privacy_officer', '个人信息保护负责人', 'Privacy officer', true) ON CONFLICT DO NOTHING;
        INSERT INTO identity.role_permission (role, permission)
        SELECT role, unnest(permissions) FROM (VALUES
            ('registry_officer', ARRAY['consent.read', 'consent.write']),
            ('privacy_officer', ARRAY['registry.read', 'record.read', 'consent.read']),
            ('auditor', ARRAY['consent.read'])
        ) AS given (role, permissions)
        ON CONFLICT DO NOTHING;
        """
}
