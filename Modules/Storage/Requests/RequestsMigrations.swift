public import PostgresClient

/// The schema `requests`: what is known of requests beyond their answer.
public enum RequestsMigrations {
    /// All migrations of the schema, oldest first. A migration that has shipped is never edited.
    public static let all: [Migration] = [
        Migration(schema: "requests", version: 1, name: "answers by idempotency key", sql: m0001)
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
}
