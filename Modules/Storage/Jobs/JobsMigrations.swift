public import PostgresClient

/// The schema `jobs`: work that outlives a request.
public enum JobsMigrations {
    /// All migrations of the schema, oldest first. A migration that has shipped is never edited.
    public static let all: [Migration] = [
        Migration(schema: "jobs", version: 1, name: "queue with leases and fencing tokens", sql: m0001)
    ]

    private static let m0001 = """
        CREATE SCHEMA jobs;

        CREATE TABLE jobs.job (
            id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            kind          text NOT NULL,
            payload       jsonb NOT NULL,
            -- At most one open job of a kind has a given key.
            unique_key    text,
            -- Higher goes first.
            priority      integer NOT NULL,
            state         text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'dead')),
            run_at        timestamptz NOT NULL,
            attempt       integer NOT NULL DEFAULT 0,
            -- Rises with every claim; a worker with an older one is fenced off.
            fence         bigint NOT NULL DEFAULT 0,
            owner         text,
            leased_until  timestamptz,
            last_error    text,
            created_at    timestamptz NOT NULL DEFAULT now(),
            finished_at   timestamptz,
            CONSTRAINT job_leased_while_running CHECK ((state = 'running') = (leased_until IS NOT NULL)),
            CONSTRAINT job_finished_when_over CHECK ((state IN ('done', 'dead')) = (finished_at IS NOT NULL))
        )
        -- The queue is small and changes all the time: vacuum it by number of rows, not by share of the table.
        WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500, fillfactor = 70);

        CREATE UNIQUE INDEX job_unique_key_open ON jobs.job (kind, unique_key)
            WHERE unique_key IS NOT NULL AND state IN ('waiting', 'running');
        CREATE INDEX job_waiting ON jobs.job (kind, priority DESC, run_at, id) WHERE state = 'waiting';
        CREATE INDEX job_running ON jobs.job (kind, leased_until) WHERE state = 'running';
        CREATE INDEX job_over ON jobs.job (finished_at) WHERE state IN ('done', 'dead');
        """
}
