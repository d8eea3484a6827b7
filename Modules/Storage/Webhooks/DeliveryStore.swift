public import PostgresClient

/// The queue of events on their way to subscribers: each in the order of its subject, at least once.
///
/// A value of it lives as long as one use of a connection; the caller decides on the transaction.
public struct DeliveryStore {
    let connection: PostgresConnection

    /// Uses a connection.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// The right to send an event to a subscriber for a while.
    public struct Delivery: Sendable, Hashable {
        /// The subscription.
        public let subscription: Int64
        /// The event's position in the feed.
        public let position: Int64
        /// The fencing token.
        public let fence: Int64
        /// How often the event has been sent, this time included.
        public let attempt: Int
        /// The event's id.
        public let event: String
        /// The event as JSON.
        public let document: String
        /// The event's `traceparent`.
        public let trace: String?
        /// Where it goes.
        public let url: String
        /// What it is signed with, sealed, newest first.
        public let secrets: [WebhookStore.SealedSecret]
    }

    /// What came of sending.
    public struct Result: Sendable, Hashable {
        /// The HTTP status, if there was an answer.
        public var status: Int?
        /// How long it took.
        public var milliseconds: Int
        /// What went wrong; `nil` when the receiver took the event.
        public var error: String?

        /// Makes a result of its parts.
        public init(status: Int?, milliseconds: Int, error: String?) {
            self.status = status
            self.milliseconds = milliseconds
            self.error = error
        }
    }

    /// What is to follow a failure.
    public struct Consequence: Sendable, Hashable {
        /// After how long the event is sent again; `nil` makes it a dead letter.
        public var retryAfter: Duration?
        /// For how long the receiver gets nothing; `nil` when the fault is the event's alone.
        public var pause: Duration?
        /// After how long a time of failures the subscription is disabled.
        public var disableAfter: Duration
        /// Whether the receiver said that it is gone: then the subscription is disabled at once.
        public var isGone: Bool

        /// Makes a consequence of its parts.
        public init(retryAfter: Duration?, pause: Duration?, disableAfter: Duration, isGone: Bool) {
            self.retryAfter = retryAfter
            self.pause = pause
            self.disableAfter = disableAfter
            self.isGone = isGone
        }
    }

    /// Takes new events of the feed over for those who want them, as part of a transaction of its own.
    ///
    /// - Returns: How many subscriptions went on; while it is not 0 there may be more.
    /// - Throws: ``PostgresError``
    public func takeOver() async throws -> Int {
        try await connection.execute(
            """
            /* webhooks.delivery.takeOver */
            WITH due AS MATERIALIZED (
                SELECT s.id, s.position AS low, least(c.newest, s.position + 1000) AS high
                FROM webhooks.subscription s, outbox.clock c
                WHERE s.state <> 'disabled' AND s.position < c.newest ORDER BY s.id FOR UPDATE OF s SKIP LOCKED),
            added AS (
                INSERT INTO webhooks.delivery (subscription_id, position, event_id, type, subject, document, trace, created_at)
                SELECT due.id, e.position, e.event_id, e.type, e.subject, e.document, e.trace, e.at
                FROM due JOIN webhooks.subscription s ON s.id = due.id CROSS JOIN LATERAL (
                    SELECT position, event_id, type, subject, at, trace,
                        \(unescaped: OutboxStore.documentColumn) AS document
                    FROM outbox.event WHERE event.position > due.low AND event.position <= due.high) e
                WHERE EXISTS (SELECT FROM unnest(s.types) AS wanted (pattern)
                    WHERE \(unescaped: OutboxStore.matches)))
            UPDATE webhooks.subscription s SET position = due.high FROM due WHERE s.id = due.id
            """
        )
    }

    /// Takes deliveries that may go: the first of their subjects, to receivers that are up.
    ///
    /// A receiver that failed gets one event at a time until it takes one.
    ///
    /// - Parameters:
    ///   - limit: How many at most.
    ///   - each: How many to one receiver at the same time.
    ///   - lease: For how long; longer than sending may take.
    /// - Returns: What may be sent now.
    /// - Throws: ``PostgresError``
    public func claim(limit: Int, each: Int, lease: Duration) async throws -> [Delivery] {
        try await connection.query(
            """
            /* webhooks.delivery.claim */
            WITH picked AS MATERIALIZED (
                SELECT head.subscription_id, head.position
                FROM webhooks.subscription s CROSS JOIN LATERAL (
                    SELECT d.subscription_id, d.position FROM webhooks.delivery d
                    WHERE d.subscription_id = s.id AND d.state = 'pending'
                        AND \(unescaped: Self.past("d.due_at", atMost: "2 days"))
                        AND (d.leased_until IS NULL OR \(unescaped: Self.past("d.leased_until", atMost: "1 hour")))
                        AND NOT EXISTS (SELECT FROM webhooks.delivery e WHERE e.subscription_id = s.id
                            AND e.subject = d.subject AND e.position < d.position)
                    ORDER BY d.position
                    LIMIT greatest(0, CASE WHEN s.failures > 0 THEN 1 ELSE \(each) END
                        - (SELECT count(*) FROM webhooks.delivery f WHERE f.subscription_id = s.id
                            AND f.leased_until >= now()))
                    FOR UPDATE OF d SKIP LOCKED) head
                WHERE s.state = 'active'
                    AND (s.resume_at IS NULL OR \(unescaped: Self.past("s.resume_at", atMost: "2 days")))
                LIMIT \(limit))
            UPDATE webhooks.delivery d SET attempt = attempt + 1, fence = fence + 1,
                leased_until = now() + \(lease.milliseconds) * interval '1 millisecond'
            FROM picked, webhooks.subscription s
            WHERE d.subscription_id = picked.subscription_id AND d.position = picked.position AND s.id = d.subscription_id
            RETURNING d.subscription_id, d.position, d.fence, d.attempt, d.event_id::text, d.document, d.trace, s.url,
                \(unescaped: WebhookStore.secretColumns)
            """
        )
        .map { row in
            let (subscription, position, fence, attempt, event, document, trace, url, seals, secrets) = try row.decode(
                (Int64, Int64, Int64, Int32, String, String, String?, String, [String], [[UInt8]]).self
            )
            return Delivery(
                subscription: subscription,
                position: position,
                fence: fence,
                attempt: Int(attempt),
                event: event,
                document: document,
                trace: trace,
                url: url,
                secrets: WebhookStore.secrets(seals, secrets)
            )
        }
    }

    /// Records that the receiver took an event, as part of a transaction of its own.
    ///
    /// - Returns: False when somebody else has sent the event meanwhile: nothing was written.
    /// - Throws: ``PostgresError``
    public func deliver(_ delivery: Delivery, _ result: Result) async throws -> Bool {
        let count = try await connection.execute(
            """
            /* webhooks.delivery.done */
            WITH gone AS (
                DELETE FROM webhooks.delivery WHERE subscription_id = \(delivery.subscription)
                    AND position = \(delivery.position) AND fence = \(delivery.fence) AND state = 'pending' RETURNING *)
            INSERT INTO webhooks.attempt (subscription_id, position, event_id, type, subject, attempt, outcome, status,
                milliseconds)
            SELECT subscription_id, position, event_id, type, subject, attempt, 'delivered',
                \(result.status.map(Int32.init)), \(Int32(clamping: result.milliseconds)) FROM gone
            """
        )
        if count > 0 {
            _ = try await connection.execute(
                """
                /* webhooks.subscription.succeed */ UPDATE webhooks.subscription
                SET failures = 0, failing_since = NULL, resume_at = NULL, state_reason = NULL
                WHERE id = \(delivery.subscription) AND failures > 0
                """
            )
        }
        return count > 0
    }

    /// Records that an event was not taken, and what follows, as part of the caller's transaction.
    ///
    /// - Returns: Why the subscription was disabled by it; `nil` when it was not.
    /// - Throws: ``PostgresError``
    public func fail(_ delivery: Delivery, _ result: Result, _ consequence: Consequence) async throws -> String? {
        let error = result.error.map { String($0.prefix(500)) }
        let delay = consequence.retryAfter
        let count = try await connection.execute(
            """
            /* webhooks.delivery.fail */
            WITH tried AS (
                UPDATE webhooks.delivery SET state = \(delay == nil ? "dead" : "pending"), last_error = \(error),
                    leased_until = NULL,
                    due_at = now() + \(delay?.milliseconds ?? 0) * interval '1 millisecond'
                WHERE subscription_id = \(delivery.subscription) AND position = \(delivery.position)
                    AND fence = \(delivery.fence) AND state = 'pending' RETURNING *)
            INSERT INTO webhooks.attempt (subscription_id, position, event_id, type, subject, attempt, outcome, status,
                milliseconds, error)
            SELECT subscription_id, position, event_id, type, subject, attempt,
                \(delay == nil ? "dead" : "failed"), \(result.status.map(Int32.init)),
                \(Int32(clamping: result.milliseconds)), \(error) FROM tried
            """
        )
        guard count > 0, consequence.pause != nil || consequence.isGone else { return nil }
        let row = try await connection.queryOne(
            """
            /* webhooks.subscription.fail */ UPDATE webhooks.subscription
            SET failures = failures + 1, failing_since = least(coalesce(failing_since, now()), now()),
                resume_at = now() + \(consequence.pause?.milliseconds ?? 0) * interval '1 millisecond',
                state = CASE WHEN state = 'active' AND (\(consequence.isGone) OR failing_since < now()
                    - \(consequence.disableAfter.milliseconds) * interval '1 millisecond')
                    THEN 'disabled' ELSE state END,
                state_reason = \(error)
            WHERE id = \(delivery.subscription) RETURNING CASE WHEN state = 'disabled' THEN state_reason END
            """
        )
        return try row?.decode(String?.self) ?? nil
    }

    /// Prepares the days to come of the delivery log and drops those that were kept long enough.
    ///
    /// - Throws: ``PostgresError``
    public func maintain(keptDays days: Int) async throws {
        try await connection.query(
            "/* webhooks.attempt.keepDays */ SELECT jobs.keep_days('webhooks.attempt', \(Int32(clamping: days)), 7)::text"
        )
    }

    /// True of a time that has come, and of one so far away that only a clock set back explains it.
    private static func past(_ column: String, atMost limit: String) -> String {
        "(\(column) <= now() OR \(column) > now() + interval '\(limit)')"
    }
}
