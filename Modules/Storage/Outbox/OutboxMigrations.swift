public import PostgresClient

/// The schema `outbox`: what happened, for whoever wants to know.
public enum OutboxMigrations {
    /// All migrations of the schema, oldest first. A migration that has shipped is never edited.
    public static let all: [Migration] = [
        Migration(schema: "outbox", version: 1, name: "events in the order of their commits", sql: m0001),
        Migration(schema: "outbox", version: 2, name: "traces of events", sql: m0002),
    ]

    private static let m0002 = """
        -- The traceparent (W3C Trace Context) of the transaction that made it happen, which tells it by this setting.
        ALTER TABLE outbox.pending ADD COLUMN trace text
            CONSTRAINT pending_trace_check CHECK (trace ~ '^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$');
        ALTER TABLE outbox.pending ALTER COLUMN trace SET DEFAULT nullif(current_setting('ceyuan.trace', true), '');
        ALTER TABLE outbox.event ADD COLUMN trace text;
        """

    private static let m0001 = """
        CREATE SCHEMA outbox;

        -- One row a subject: whoever publishes holds it until the commit, so that the events of a subject come in the
        -- order of their transactions.
        CREATE TABLE outbox.subject (
            subject  text PRIMARY KEY,
            sequence bigint NOT NULL CHECK (sequence > 0)
        );

        -- Events of transactions that have just been committed, in no order that a reader could rely on.
        CREATE TABLE outbox.pending (
            id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            event_id  uuid NOT NULL DEFAULT gen_random_uuid(),
            type      text NOT NULL,
            subject   text NOT NULL,
            sequence  bigint NOT NULL,
            activity  text NOT NULL,
            at        timestamptz NOT NULL DEFAULT clock_timestamp(),
            data      jsonb NOT NULL
        )
        WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);

        -- The position of the newest event in the feed. Its lock makes the one who places events the only one.
        CREATE TABLE outbox.clock (
            single boolean PRIMARY KEY DEFAULT true CHECK (single),
            newest bigint NOT NULL
        );
        INSERT INTO outbox.clock (newest) VALUES (0);

        -- The feed. Positions have no gaps and become visible in their order: who has read up to one has read all
        -- before it.
        CREATE TABLE outbox.event (
            position  bigint NOT NULL,
            event_id  uuid NOT NULL,
            type      text NOT NULL,
            subject   text NOT NULL,
            sequence  bigint NOT NULL,
            activity  text NOT NULL,
            at        timestamptz NOT NULL,
            data      jsonb NOT NULL,
            placed_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (position, placed_at)
        ) PARTITION BY RANGE (placed_at);
        -- For days that nobody has prepared.
        CREATE TABLE outbox.event_default PARTITION OF outbox.event DEFAULT;
        """
}
