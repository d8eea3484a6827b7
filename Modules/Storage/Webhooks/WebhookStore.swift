public import DomainModel
public import PostgresClient

/// Reads and writes subscriptions.
///
/// A value of it lives as long as one use of a connection; the caller decides on the transaction.
public struct WebhookStore {
    let connection: PostgresConnection

    /// Uses a connection.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// A secret as it is kept: sealed, and bound to its row.
    public struct SealedSecret: Sendable, Hashable {
        /// What it is bound to: a UUID.
        public let seal: String
        /// The sealed bytes.
        public let bytes: [UInt8]

        /// Puts it together.
        public init(seal: String, bytes: [UInt8]) {
            self.seal = seal
            self.bytes = bytes
        }
    }

    /// Makes a subscription to what happens from now on.
    ///
    /// - Returns: Its number.
    /// - Throws: ``PostgresError``
    public func create(url: String, description: String, types: [String], secret: SealedSecret) async throws -> Int64 {
        let row = try await connection.queryOne(
            """
            /* webhooks.subscription.create */
            INSERT INTO webhooks.subscription (seal, secret, url, description, types, position)
            SELECT \(secret.seal), \(secret.bytes), \(url), \(description), \(types), newest FROM outbox.clock
            RETURNING id
            """
        )
        guard let row else { throw StorageError.missing("the clock of the outbox") }
        return try row.decode(Int64.self)
    }

    /// A subscription by its number.
    public func find(_ id: Int64) async throws -> WebhookSubscription? {
        try await subscriptions(id: id, after: nil, limit: 1).first
    }

    /// Subscriptions in the order of their numbers.
    public func list(after: Int64?, limit: Int) async throws -> [WebhookSubscription] {
        try await subscriptions(id: nil, after: after, limit: limit)
    }

    /// Where a subscription's events go, and the secrets that sign now, newest first.
    public func target(_ id: Int64) async throws -> (url: String, secrets: [SealedSecret])? {
        let row = try await connection.queryOne(
            """
            /* webhooks.subscription.target */ SELECT s.url, \(unescaped: Self.secretColumns)
            FROM webhooks.subscription s WHERE s.id = \(id)
            """
        )
        return try row.map {
            let (url, seals, secrets) = try $0.decode((String, [String], [[UInt8]]).self)
            return (url, Self.secrets(seals, secrets))
        }
    }

    /// SQL for the secrets of the subscription `s` that sign now: an array of what they are bound to, and one of them.
    static let secretColumns = """
        array_remove(ARRAY[s.seal::text, CASE WHEN s.former_until > now() THEN s.former_seal::text END], NULL),
        array_remove(ARRAY[s.secret, CASE WHEN s.former_until > now() THEN s.former_secret END], NULL)
        """

    static func secrets(_ seals: [String], _ secrets: [[UInt8]]) -> [SealedSecret] {
        zip(seals, secrets).map { SealedSecret(seal: $0, bytes: $1) }
    }

    /// Gives a subscription another secret; the one before signs beside it for a while.
    ///
    /// - Parameters:
    ///   - id: The subscription.
    ///   - secret: The new secret.
    ///   - overlap: For how long the one before signs as well; one that was before that signs no more.
    /// - Returns: False when there is no such subscription.
    /// - Throws: ``PostgresError``
    public func rotate(_ id: Int64, to secret: SealedSecret, overlap: Duration) async throws -> Bool {
        try await connection.execute(
            """
            /* webhooks.subscription.rotate */ UPDATE webhooks.subscription
            SET former_seal = seal, former_secret = secret,
                former_until = now() + \(overlap.milliseconds) * interval '1 millisecond',
                seal = \(secret.seal), secret = \(secret.bytes)
            WHERE id = \(id)
            """
        ) > 0
    }

    /// Deletes former secrets whose time is over.
    ///
    /// - Throws: ``PostgresError``
    public func forgetFormerSecrets() async throws {
        try await connection.execute(
            """
            /* webhooks.subscription.forget */ UPDATE webhooks.subscription
            SET former_seal = NULL, former_secret = NULL, former_until = NULL WHERE former_until <= now()
            """
        )
    }

    /// Removes a subscription with what was still to be delivered; its log stays as long as logs are kept.
    ///
    /// - Returns: False when there was none.
    public func remove(_ id: Int64) async throws -> Bool {
        try await connection.execute(
            "/* webhooks.subscription.remove */ DELETE FROM webhooks.subscription WHERE id = \(id)"
        ) > 0
    }

    /// Pauses a subscription, or lets it go on; going on forgets its failures.
    ///
    /// - Returns: False when there is none.
    public func set(_ id: Int64, isPaused: Bool) async throws -> Bool {
        try await connection.execute(
            """
            /* webhooks.subscription.setState */ UPDATE webhooks.subscription
            SET state = \(isPaused ? "paused" : "active"), state_reason = NULL, failures = 0, failing_since = NULL,
                resume_at = NULL
            WHERE id = \(id)
            """
        ) > 0
    }

    /// Puts dead letters back into their places, with all their attempts; what waits behind them follows in order.
    ///
    /// - Parameters:
    ///   - id: The subscription.
    ///   - position: The event; `nil` means all dead ones.
    /// - Returns: How many.
    /// - Throws: ``PostgresError``
    public func replay(_ id: Int64, position: Int64?) async throws -> Int {
        let count = try await connection.execute(
            """
            /* webhooks.delivery.replay */ UPDATE webhooks.delivery
            SET state = 'pending', attempt = 0, due_at = now(), leased_until = NULL
            WHERE subscription_id = \(id) AND state = 'dead' AND (\(position)::bigint IS NULL OR position = \(position))
            """
        )
        if count > 0 {
            _ = try await connection.execute(
                """
                /* webhooks.subscription.resume */ UPDATE webhooks.subscription SET resume_at = NULL WHERE id = \(id)
                """
            )
        }
        return count
    }

    /// Lets a dead letter go, so that the later events of its subject are delivered.
    ///
    /// - Returns: False when the event is no dead letter of the subscription.
    /// - Throws: ``PostgresError``
    public func skip(_ id: Int64, position: Int64) async throws -> Bool {
        try await connection.execute(
            """
            /* webhooks.delivery.skip */
            WITH gone AS (
                DELETE FROM webhooks.delivery
                WHERE subscription_id = \(id) AND position = \(position) AND state = 'dead' RETURNING *)
            INSERT INTO webhooks.attempt (subscription_id, position, event_id, type, subject, attempt, outcome,
                milliseconds, error)
            SELECT subscription_id, position, event_id, type, subject, attempt, 'skipped', 0, last_error FROM gone
            """
        ) > 0
    }

    /// The delivery log of a subscription, newest first.
    ///
    /// - Parameters:
    ///   - id: The subscription.
    ///   - outcome: Only lines of this outcome.
    ///   - before: Only lines before this instant.
    ///   - limit: At most so many.
    /// - Returns: What was found.
    /// - Throws: ``PostgresError``, ``StorageError``
    public func attempts(
        of id: Int64,
        outcome: WebhookAttempt.Outcome?,
        before: Instant?,
        limit: Int
    ) async throws -> [WebhookAttempt] {
        let before = before.map { PostgresTimestamp($0) }
        return try await connection.query(
            """
            /* webhooks.attempt.list */
            SELECT position, event_id::text, type, subject, attempt, outcome, status, milliseconds, error, finished_at
            FROM webhooks.attempt WHERE subscription_id = \(id)
                AND (\(outcome?.rawValue)::text IS NULL OR outcome = \(outcome?.rawValue))
                AND (\(before)::timestamptz IS NULL OR finished_at < \(before))
            ORDER BY finished_at DESC LIMIT \(limit)
            """
        )
        .map { row in
            let (position, event, type, subject, attempt, outcome, status, milliseconds, error, at) = try row.decode(
                (Int64, String, String, String, Int32, String, Int32?, Int32, String?, PostgresTimestamp).self
            )
            return WebhookAttempt(
                position: position,
                event: event,
                type: type,
                subject: subject,
                attempt: Int(attempt),
                outcome: try stored(WebhookAttempt.Outcome.self, outcome),
                status: status.map(Int.init),
                milliseconds: Int(milliseconds),
                error: error,
                at: Instant(at)
            )
        }
    }

    private func subscriptions(id: Int64?, after: Int64?, limit: Int) async throws -> [WebhookSubscription] {
        try await connection.query(
            """
            /* webhooks.subscription.list */
            SELECT s.id, s.url, s.description, s.types, s.state, s.state_reason, s.position, s.failures,
                s.failing_since, s.resume_at, s.created_at,
                CASE WHEN s.former_until > now() THEN s.former_until END, count(d.position) FILTER (WHERE d.state = 'pending'),
                count(d.position) FILTER (WHERE d.state = 'dead'),
                greatest(0, coalesce(extract(epoch FROM now() - min(d.created_at)), 0))::float8
            FROM webhooks.subscription s LEFT JOIN webhooks.delivery d ON d.subscription_id = s.id
            WHERE (\(id)::bigint IS NULL OR s.id = \(id)) AND (\(after)::bigint IS NULL OR s.id > \(after))
            GROUP BY s.id ORDER BY s.id LIMIT \(limit)
            """
        )
        .map { row in
            let (
                id, url, description, types, state, reason, position, failures, since, resume, created, former, pending,
                dead, lag
            ) = try row.decode(
                (
                    Int64, String, String, [String], String, String?, Int64, Int32, PostgresTimestamp?,
                    PostgresTimestamp?, PostgresTimestamp, PostgresTimestamp?, Int64, Int64, Double
                ).self
            )
            return WebhookSubscription(
                id: id,
                url: url,
                description: description,
                types: types,
                state: try stored(WebhookSubscription.State.self, state),
                stateReason: reason,
                position: position,
                pending: Int(pending),
                dead: Int(dead),
                failures: Int(failures),
                failingSince: since.map { Instant($0) },
                resumeAt: resume.map { Instant($0) },
                lag: lag,
                createdAt: Instant(created),
                formerSecretUntil: former.map { Instant($0) }
            )
        }
    }
}
