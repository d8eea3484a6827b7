extension RegistrySubjectMigrations {
    /// Erasure in submitted files: see the decision on it.
    static let files = """
        -- What an erasure has to do in files that were submitted: by its approval.
        CREATE TABLE registry.erasure_sweep (
            approval_id bigint PRIMARY KEY REFERENCES registry.approval (id),
            -- The key of its traces where the host has none for personal data.
            salt        bytea,
            begun_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
            done_at     timestamptz
        );

        -- Keyed hashes of numbers and names that tell whether a row is about the person: until the sweep is done.
        CREATE TABLE registry.erasure_trace (
            approval_id bigint NOT NULL REFERENCES registry.erasure_sweep (approval_id),
            field       text NOT NULL,
            hash        bytea NOT NULL CHECK (octet_length(hash) = 16),
            PRIMARY KEY (approval_id, field, hash)
        );

        -- A file of which rows are blanked. Who rewrites it holds its row.
        CREATE TABLE registry.blanked_file (
            sha256       text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
            rewritten_at timestamptz
        );

        -- Which rows, and by which erasure: the first that met them.
        CREATE TABLE registry.blanked_line (
            sha256      text NOT NULL REFERENCES registry.blanked_file (sha256),
            line        integer NOT NULL CHECK (line > 0),
            approval_id bigint NOT NULL REFERENCES registry.erasure_sweep (approval_id),
            found_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
            blanked_at  timestamptz,
            PRIMARY KEY (sha256, line)
        );
        CREATE INDEX blanked_line_approval ON registry.blanked_line (approval_id);

        REVOKE UPDATE, DELETE ON registry.erasure_sweep, registry.blanked_file, registry.blanked_line
            FROM ceyuan_service;
        GRANT UPDATE (salt, done_at) ON registry.erasure_sweep TO ceyuan_service;
        GRANT UPDATE (rewritten_at) ON registry.blanked_file TO ceyuan_service;
        GRANT UPDATE (blanked_at) ON registry.blanked_line TO ceyuan_service;
        REVOKE UPDATE ON registry.erasure_trace FROM ceyuan_service;

        -- Whoever sees the approval sees what was done; the traces are for the work alone.
        ALTER TABLE registry.erasure_sweep ENABLE ROW LEVEL SECURITY;
        ALTER TABLE registry.erasure_sweep FORCE ROW LEVEL SECURITY;
        CREATE POLICY sweep_by_approval ON registry.erasure_sweep USING (
            (SELECT identity.is_everywhere()) OR EXISTS (SELECT FROM registry.approval a WHERE a.id = approval_id)
        );
        ALTER TABLE registry.blanked_line ENABLE ROW LEVEL SECURITY;
        ALTER TABLE registry.blanked_line FORCE ROW LEVEL SECURITY;
        CREATE POLICY blanked_by_approval ON registry.blanked_line USING (
            (SELECT identity.is_everywhere()) OR EXISTS (SELECT FROM registry.approval a WHERE a.id = approval_id)
        );
        ALTER TABLE registry.erasure_trace ENABLE ROW LEVEL SECURITY;
        ALTER TABLE registry.erasure_trace FORCE ROW LEVEL SECURITY;
        CREATE POLICY trace_for_work ON registry.erasure_trace USING ((SELECT identity.is_everywhere())) WITH CHECK (
            (SELECT identity.is_everywhere()) OR EXISTS (SELECT FROM registry.approval a WHERE a.id = approval_id)
        );

        -- Erasures from before: their rows are known by the keys of the records, and by what they brought.
        SET LOCAL ceyuan.regions = '*';
        INSERT INTO registry.erasure_sweep (approval_id) SELECT DISTINCT approval_id FROM registry.erasure;
        INSERT INTO jobs.job (kind, payload, unique_key, priority, run_at)
        SELECT 'registry.erase-files', jsonb_build_object('approval', approval_id), approval_id::text, 0, now()
        FROM registry.erasure_sweep;
        """
}
