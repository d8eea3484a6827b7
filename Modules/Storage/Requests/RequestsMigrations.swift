public import PostgresClient

/// The schema `requests`: what is known of requests beyond their answer.
public enum RequestsMigrations {
    /// All migrations of the schema, oldest first. A migration that has shipped is never edited.
    public static let all: [Migration] = [
        Migration(schema: "requests", version: 1, name: "answers by idempotency key", sql: m0001),
        Migration(schema: "requests", version: 2, name: "requests that are answered later", sql: m0002),
    ]

    private static let m0001 = """
        CREATE SCHEMA requests;

        -- What was answered to a request that carried a key, written in the transaction of its effect.
        CREATE TABLE requests.answer (
            principal   text NOT NULL,
            key         text NOT NULL CHECK (char_length(key) BETWEEN 1 AND 255),
            -- SHA-256 over method, path, query and body.
            fingerprint bytea NOT NULL CHECK (octet_length(fingerprint) = 32),
            -- Without a status the effect is known to have happened, but not what was answered.
            status      smallint CHECK (status BETWEEN 200 AND 299),
            -- Names and values of header fields by turns.
            headers     text[],
            body        bytea,
            created_at  timestamptz NOT NULL DEFAULT now(),
            expires_at  timestamptz NOT NULL,
            PRIMARY KEY (principal, key),
            CONSTRAINT answer_whole CHECK (num_nulls(status, headers, body) IN (0, 3))
        );

        CREATE INDEX answer_expiry ON requests.answer (expires_at);
        """

    private static let m0002 = """
        -- A request as it was taken, with the number of the job that does it; its answer stands in requests.answer.
        CREATE TABLE requests.operation (
            id          bigint PRIMARY KEY,
            principal   text NOT NULL,
            -- What the sender's token was limited to.
            scope       text[],
            request_id  text NOT NULL,
            -- Path and query.
            target      text NOT NULL,
            language    text NOT NULL,
            media_type  text,
            body        bytea NOT NULL,
            created_at  timestamptz NOT NULL DEFAULT now(),
            expires_at  timestamptz NOT NULL,
            -- The problem details that it came to.
            problem     jsonb
        );

        CREATE INDEX operation_principal ON requests.operation (principal, id);
        CREATE INDEX operation_expiry ON requests.operation (expires_at);
        """
}
