public import PostgresClient

/// The schema `audit`: who did what, in chains of hashes.
public enum AuditMigrations {
    /// All migrations of the schema, oldest first. A migration that has shipped is never edited.
    public static let all: [Migration] = [
        Migration(schema: "audit", version: 1, name: "chains of events, signed checkpoints", sql: m0001)
    ]

    /// The number of chains: so many transactions can be at their end at once without waiting for one another.
    public static let chains = 32

    private static let m0001 = """
        CREATE SCHEMA audit;

        -- Rises with every transaction that writes; taken when it has done its writes.
        CREATE SEQUENCE audit.occasion;

        -- The last link of each chain. A transaction takes any that is free, at its end.
        CREATE TABLE audit.head (
            chain    smallint PRIMARY KEY,
            sequence bigint NOT NULL CHECK (sequence >= 0),
            hash     bytea NOT NULL CHECK (length(hash) = 32)
        )
        -- Each write updates a row of it: room on its page spares the index.
        WITH (fillfactor = 10, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
        INSERT INTO audit.head (chain, sequence, hash)
        SELECT chain, 0, decode(repeat('00', 32), 'hex') FROM generate_series(0, \(chains - 1)) AS chain;

        -- Several tables, so that the writers of two chains seldom meet on one page of an index.
        CREATE TABLE audit.event (
            chain        smallint NOT NULL,
            sequence     bigint NOT NULL CHECK (sequence >= 1),
            occasion     bigint NOT NULL,
            at           timestamptz NOT NULL,
            principal    text NOT NULL CHECK (principal <> ''),
            activity     text NOT NULL CHECK (activity <> ''),
            action       text NOT NULL CHECK (action ~ '^[a-z0-9_-]+([.][a-z0-9_-]+)+$'),
            subject_kind text NOT NULL CHECK (subject_kind <> ''),
            subject_key  text NOT NULL CHECK (subject_key <> ''),
            reason       text,
            before       bytea CHECK (length(before) = 32),
            after        bytea CHECK (length(after) = 32),
            details      jsonb NOT NULL CHECK (jsonb_typeof(details) = 'object'),
            -- SHA-256 of a prefix, the hash of the link before it, and the canonical bytes of all other columns.
            hash         bytea NOT NULL CHECK (length(hash) = 32),
            PRIMARY KEY (chain, sequence)
        ) PARTITION BY HASH (chain);
        DO $$
        BEGIN
            FOR remainder IN 0..7 LOOP
                EXECUTE format(
                    'CREATE TABLE audit.event_%s PARTITION OF audit.event FOR VALUES WITH (MODULUS 8, REMAINDER %s)',
                    remainder, remainder
                );
            END LOOP;
        END
        $$;
        CREATE INDEX event_occasion ON audit.event (occasion, chain, sequence);
        CREATE INDEX event_subject ON audit.event (subject_kind, subject_key, occasion);
        CREATE INDEX event_principal ON audit.event (principal, occasion);
        CREATE INDEX event_at ON audit.event USING brin (at);

        -- The heads of all chains at one instant, signed with a key that the database does not have.
        CREATE TABLE audit.checkpoint (
            number    bigint PRIMARY KEY CHECK (number >= 1),
            -- Canonical JSON: what was signed, byte for byte behind the prefix.
            content   text NOT NULL,
            signature bytea NOT NULL CHECK (length(signature) = 64)
        );

        CREATE FUNCTION audit.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '%.% is append-only: % is refused', tg_table_schema, tg_table_name, tg_op
                USING ERRCODE = 'insufficient_privilege',
                    HINT = 'The audit trail records what happened; record what is wrong with it as a new event.';
        END
        $$;
        CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit.event
            FOR EACH ROW EXECUTE FUNCTION audit.refuse_change();
        CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit.checkpoint
            FOR EACH ROW EXECUTE FUNCTION audit.refuse_change();
        CREATE TRIGGER append_only BEFORE DELETE ON audit.head
            FOR EACH ROW EXECUTE FUNCTION audit.refuse_change();
        DO $$
        DECLARE
            name regclass;
        BEGIN
            FOR name IN SELECT oid FROM pg_class WHERE relnamespace = 'audit'::regnamespace AND relkind IN ('r', 'p') LOOP
                EXECUTE format(
                    'CREATE TRIGGER no_truncation BEFORE TRUNCATE ON %s FOR EACH STATEMENT'
                    ' EXECUTE FUNCTION audit.refuse_change()', name
                );
            END LOOP;
        END
        $$;

        -- The services add, and move heads; they change and remove nothing, and know no parts of the table.
        DO $$
        DECLARE
            name regclass;
        BEGIN
            IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'ceyuan_service') THEN
                REVOKE UPDATE, DELETE ON audit.event, audit.checkpoint FROM ceyuan_service;
                REVOKE INSERT, DELETE ON audit.head FROM ceyuan_service;
                FOR name IN SELECT inhrelid FROM pg_inherits WHERE inhparent = 'audit.event'::regclass LOOP
                    EXECUTE format('REVOKE ALL ON %s FROM ceyuan_service', name);
                END LOOP;
            END IF;
        END
        $$;

        -- A head moves to an event that is there, and only forward.
        CREATE FUNCTION audit.check_head() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF new.chain <> old.chain OR new.sequence <= old.sequence OR NOT EXISTS (
                SELECT FROM audit.event
                WHERE event.chain = new.chain AND event.sequence = new.sequence AND event.hash = new.hash
            ) THEN
                RAISE EXCEPTION 'the head of chain % cannot move from % to %', old.chain, old.sequence, new.sequence
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NULL;
        END
        $$;
        CREATE TRIGGER head_is_an_event AFTER UPDATE ON audit.head
            FOR EACH ROW EXECUTE FUNCTION audit.check_head();
        """
}
