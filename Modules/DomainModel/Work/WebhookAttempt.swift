/// One line of the delivery log: an event was sent, or what came of it was decided.
public struct WebhookAttempt: Codable, Sendable, Hashable {
    /// What came of an attempt.
    public enum Outcome: String, Codable, Sendable, CaseIterable {
        /// The receiver took the event.
        case delivered
        /// It did not; the event is sent again.
        case failed
        /// It did not, for the last time: the event is a dead letter.
        case dead
        /// A person let the event go.
        case skipped
    }

    /// The event's position in the feed.
    public let position: Int64
    /// The event's id: `webhook-id`.
    public let event: String
    /// What happened.
    public let type: String
    /// To what.
    public let subject: String
    /// The number of the attempt, from 1.
    public let attempt: Int
    /// What came of it.
    public let outcome: Outcome
    /// The HTTP status of the answer.
    public let status: Int?
    /// How long it took.
    public let milliseconds: Int
    /// What went wrong.
    public let error: String?
    /// When it ended.
    public let at: Instant

    /// Makes a line of its parts.
    public init(
        position: Int64,
        event: String,
        type: String,
        subject: String,
        attempt: Int,
        outcome: Outcome,
        status: Int?,
        milliseconds: Int,
        error: String?,
        at: Instant
    ) {
        self.position = position
        self.event = event
        self.type = type
        self.subject = subject
        self.attempt = attempt
        self.outcome = outcome
        self.status = status
        self.milliseconds = milliseconds
        self.error = error
        self.at = at
    }
}
