public import PostgresClient

/// The schema `webhooks`: who is told of events, and what is still to be delivered.
public enum WebhooksMigrations {
    /// All migrations of the schema, oldest first. A migration that has shipped is never edited.
    public static let all: [Migration] = [
        Migration(schema: "webhooks", version: 1, name: "subscriptions, deliveries, delivery log", sql: m0001),
        Migration(schema: "webhooks", version: 2, name: "secrets that are changed", sql: m0002),
        Migration(schema: "webhooks", version: 3, name: "traces of deliveries", sql: m0003),
    ]

    private static let m0003 = """
        -- The event's, so that sending it is a part of the same trace.
        ALTER TABLE webhooks.delivery ADD COLUMN trace text;
        """

    private static let m0001 = """
        CREATE SCHEMA webhooks;

        CREATE TABLE webhooks.subscription (
            id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            -- What the sealed secret is bound to, so that it opens in no other row.
            seal          uuid NOT NULL UNIQUE,
            secret        bytea NOT NULL,
            url           text NOT NULL,
            description   text NOT NULL,
            types         text[] NOT NULL CHECK (cardinality(types) > 0),
            state         text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused', 'disabled')),
            state_reason  text,
            -- Events up to here have been taken over as deliveries.
            position      bigint NOT NULL CHECK (position >= 0),
            failures      integer NOT NULL DEFAULT 0,
            failing_since timestamptz,
            resume_at     timestamptz,
            created_at    timestamptz NOT NULL DEFAULT now()
        );

        -- What is to be delivered. Only the first of a subject may go; what is delivered leaves the table.
        CREATE TABLE webhooks.delivery (
            subscription_id bigint NOT NULL REFERENCES webhooks.subscription ON DELETE CASCADE,
            position        bigint NOT NULL,
            event_id        uuid NOT NULL,
            type            text NOT NULL,
            subject         text NOT NULL,
            document        text NOT NULL,
            state           text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'dead')),
            attempt         integer NOT NULL DEFAULT 0,
            fence           bigint NOT NULL DEFAULT 0,
            due_at          timestamptz NOT NULL DEFAULT now(),
            leased_until    timestamptz,
            last_error      text,
            created_at      timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (subscription_id, position)
        )
        WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);
        CREATE INDEX delivery_subject ON webhooks.delivery (subscription_id, subject, position);

        -- The delivery log, in days.
        CREATE TABLE webhooks.attempt (
            subscription_id bigint NOT NULL,
            position        bigint NOT NULL,
            event_id        uuid NOT NULL,
            type            text NOT NULL,
            subject         text NOT NULL,
            attempt         integer NOT NULL,
            outcome         text NOT NULL CHECK (outcome IN ('delivered', 'failed', 'dead', 'skipped')),
            status          integer,
            milliseconds    integer NOT NULL,
            error           text,
            finished_at     timestamptz NOT NULL DEFAULT clock_timestamp()
        ) PARTITION BY RANGE (finished_at);
        CREATE INDEX attempt_recent ON webhooks.attempt (subscription_id, finished_at DESC);
        CREATE TABLE webhooks.attempt_default PARTITION OF webhooks.attempt DEFAULT;
        """

    private static let m0002 = """
        -- The secret before this one, which signs beside it until the receiver has had time to change.
        ALTER TABLE webhooks.subscription
            ADD COLUMN former_seal   uuid UNIQUE,
            ADD COLUMN former_secret bytea,
            ADD COLUMN former_until  timestamptz,
            ADD CONSTRAINT former_whole CHECK (num_nulls(former_seal, former_secret, former_until) IN (0, 3));
        """
}
