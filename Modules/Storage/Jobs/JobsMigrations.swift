public import PostgresClient

/// The schema `jobs`: work that outlives a request.
public enum JobsMigrations {
    /// All migrations of the schema, oldest first. A migration that has shipped is never edited.
    public static let all: [Migration] = [
        Migration(schema: "jobs", version: 1, name: "queue with leases and fencing tokens", sql: m0001),
        Migration(schema: "jobs", version: 2, name: "history in days, cancelling, progress", sql: m0002),
        Migration(schema: "jobs", version: 3, name: "schedules", sql: m0003),
        Migration(schema: "jobs", version: 4, name: "bounds of the days that are kept", sql: m0004),
        Migration(schema: "jobs", version: 5, name: "traces of jobs", sql: m0005),
    ]

    private static let m0005 = """
        -- The traceparent (W3C Trace Context) of the transaction that puts a job in, which tells it by this setting.
        ALTER TABLE jobs.job ADD COLUMN trace text
            CONSTRAINT job_trace_check CHECK (trace ~ '^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$');
        ALTER TABLE jobs.job ALTER COLUMN trace SET DEFAULT nullif(current_setting('ceyuan.trace', true), '');
        """

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

    private static let m0002 = """
        -- A job that may begin is told apart from one that waits for its time, so that beginning asks no clock.
        ALTER TABLE jobs.job
            DROP CONSTRAINT job_state_check,
            ADD CONSTRAINT job_state_check CHECK (state IN ('delayed', 'waiting', 'running', 'done', 'dead')),
            -- Somebody wants it to end; its worker sees to that.
            ADD COLUMN cancel_requested boolean NOT NULL DEFAULT false,
            ADD COLUMN started_at       timestamptz,
            ADD COLUMN progress_done    bigint,
            ADD COLUMN progress_total   bigint,
            ADD COLUMN progress_note    text;

        DROP INDEX jobs.job_unique_key_open;
        CREATE UNIQUE INDEX job_unique_key_open ON jobs.job (kind, unique_key)
            WHERE unique_key IS NOT NULL AND state IN ('delayed', 'waiting', 'running');
        CREATE INDEX job_delayed ON jobs.job (run_at) WHERE state = 'delayed';
        UPDATE jobs.job SET state = 'delayed' WHERE state = 'waiting' AND run_at > now();

        -- What is over, day by day: a day is dropped as a whole, which leaves no dead rows behind.
        CREATE TABLE jobs.history (
            id             bigint NOT NULL,
            kind           text NOT NULL,
            payload        jsonb NOT NULL,
            unique_key     text,
            priority       integer NOT NULL,
            outcome        text NOT NULL CHECK (outcome IN ('done', 'cancelled')),
            attempt        integer NOT NULL,
            last_error     text,
            created_at     timestamptz NOT NULL,
            started_at     timestamptz,
            finished_at    timestamptz NOT NULL,
            progress_done  bigint,
            progress_total bigint,
            progress_note  text
        ) PARTITION BY RANGE (finished_at);
        CREATE INDEX history_id ON jobs.history (id);
        -- For days that nobody has prepared.
        CREATE TABLE jobs.history_default PARTITION OF jobs.history DEFAULT;

        -- Prepares the days to come of a table in days, and drops those that were kept long enough. Whoever works on
        -- jobs may call it; only the owner may create and drop.
        CREATE FUNCTION jobs.keep_days(parent regclass, kept integer, ahead integer) RETURNS void
        LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog SET timezone = 'UTC' SET lock_timeout = '2s'
        AS $$
        DECLARE
            day  date;
            part record;
            key  name;
        BEGIN
            IF parent::text NOT IN ('jobs.history', 'outbox.event', 'webhooks.attempt') THEN
                RAISE EXCEPTION '% is no table in days', parent;
            END IF;
            FOR day IN SELECT generate_series(current_date, current_date + ahead, '1 day')::date LOOP
                CONTINUE WHEN to_regclass(format('%s_%s', parent, to_char(day, 'YYYYMMDD'))) IS NOT NULL;
                BEGIN
                    EXECUTE format(
                        'CREATE TABLE %s_%s PARTITION OF %s FOR VALUES FROM (%L) TO (%L)',
                        parent, to_char(day, 'YYYYMMDD'), parent, day::timestamptz, (day + 1)::timestamptz);
                EXCEPTION
                    -- Rows of the day stand in the default partition, or somebody else was faster.
                    WHEN check_violation OR duplicate_table OR unique_violation THEN NULL;
                END;
            END LOOP;
            FOR part IN
                SELECT c.oid::regclass AS name, to_date(substring(c.relname FROM '_([0-9]{8})$'), 'YYYYMMDD') AS day
                FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = parent
            LOOP
                IF part.day < current_date - kept THEN EXECUTE format('DROP TABLE %s', part.name); END IF;
            END LOOP;
            SELECT attname INTO key FROM pg_partitioned_table p
                JOIN pg_attribute a ON a.attrelid = p.partrelid AND a.attnum = p.partattrs[0]
                WHERE p.partrelid = parent;
            EXECUTE format('DELETE FROM %s_default WHERE %I < current_date - $1', parent, key) USING kept;
        END
        $$;
        """

    private static let m0003 = """
        CREATE TABLE jobs.schedule (
            name      text PRIMARY KEY,
            cron      text NOT NULL,
            time_zone text NOT NULL,
            kind      text NOT NULL,
            -- As it was given: what is put into the queue.
            payload   text NOT NULL CHECK (payload::jsonb IS NOT NULL),
            priority  integer NOT NULL,
            missed    text NOT NULL CHECK (missed IN ('once', 'skip')),
            is_paused boolean NOT NULL DEFAULT false,
            -- Moved on in the transaction that puts the job into the queue: no time is taken twice.
            next_at   timestamptz NOT NULL,
            last_at   timestamptz,
            last_job  bigint
        );
        """

    private static let m0004 = """
        -- As before, but nobody can ask for so few days that what has just happened is dropped.
        CREATE OR REPLACE FUNCTION jobs.keep_days(parent regclass, kept integer, ahead integer) RETURNS void
        LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog SET timezone = 'UTC' SET lock_timeout = '2s'
        AS $$
        DECLARE
            day  date;
            part record;
            key  name;
        BEGIN
            IF parent::text NOT IN ('jobs.history', 'outbox.event', 'webhooks.attempt') THEN
                RAISE EXCEPTION '% is no table in days', parent;
            END IF;
            IF kept NOT BETWEEN 1 AND 36500 OR ahead NOT BETWEEN 0 AND 31 THEN
                RAISE EXCEPTION 'cannot keep % days and prepare %', kept, ahead USING ERRCODE = 'invalid_parameter_value';
            END IF;
            FOR day IN SELECT generate_series(current_date, current_date + ahead, '1 day')::date LOOP
                CONTINUE WHEN to_regclass(format('%s_%s', parent, to_char(day, 'YYYYMMDD'))) IS NOT NULL;
                BEGIN
                    EXECUTE format(
                        'CREATE TABLE %s_%s PARTITION OF %s FOR VALUES FROM (%L) TO (%L)',
                        parent, to_char(day, 'YYYYMMDD'), parent, day::timestamptz, (day + 1)::timestamptz);
                EXCEPTION
                    -- Rows of the day stand in the default partition, or somebody else was faster.
                    WHEN check_violation OR duplicate_table OR unique_violation THEN NULL;
                END;
            END LOOP;
            FOR part IN
                SELECT c.oid::regclass AS name, to_date(substring(c.relname FROM '_([0-9]{8})$'), 'YYYYMMDD') AS day
                FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = parent
            LOOP
                IF part.day < current_date - kept THEN EXECUTE format('DROP TABLE %s', part.name); END IF;
            END LOOP;
            SELECT attname INTO key FROM pg_partitioned_table p
                JOIN pg_attribute a ON a.attrelid = p.partrelid AND a.attnum = p.partattrs[0]
                WHERE p.partrelid = parent;
            EXECUTE format('DELETE FROM %s_default WHERE %I < current_date - $1', parent, key) USING kept;
        END
        $$;
        """
}
