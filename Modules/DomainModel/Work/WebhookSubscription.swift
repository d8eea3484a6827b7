/// Who is told of events, and how that goes.
public struct WebhookSubscription: Codable, Sendable, Hashable {
    /// Whether events are sent.
    public enum State: String, Codable, Sendable, CaseIterable {
        /// They are.
        case active
        /// A person stopped it; events gather meanwhile.
        case paused
        /// The receiver failed for too long, or said that it is gone; events gather as long as the feed has them.
        case disabled
    }

    /// The subscription's number.
    public let id: Int64
    /// Where events are sent.
    public let url: String
    /// What it is for.
    public let description: String
    /// The types of events; `ceyuan.batch.*` stands for all that begin so, `*` for all.
    public let types: [String]
    /// Whether events are sent.
    public let state: State
    /// The last failure since the receiver last took an event; why it was disabled.
    public let stateReason: String?
    /// The position in the feed up to which events have been taken over.
    public let position: Int64
    /// Events that are still to be delivered, those behind a dead letter included.
    public let pending: Int
    /// Events that were given up: each holds back the later ones of its subject.
    public let dead: Int
    /// How often in a row the receiver could not be reached or failed.
    public let failures: Int
    /// Since when.
    public let failingSince: Instant?
    /// When the receiver is tried again.
    public let resumeAt: Instant?
    /// For how many seconds the oldest event has been waiting; 0 when there is none.
    public let lag: Double
    /// When it was made.
    public let createdAt: Instant
    /// Until when the secret before this one signs as well; absent when none does.
    public let formerSecretUntil: Instant?

    /// Makes a subscription of its parts.
    public init(
        id: Int64,
        url: String,
        description: String,
        types: [String],
        state: State,
        stateReason: String?,
        position: Int64,
        pending: Int,
        dead: Int,
        failures: Int,
        failingSince: Instant?,
        resumeAt: Instant?,
        lag: Double,
        createdAt: Instant,
        formerSecretUntil: Instant? = nil
    ) {
        self.id = id
        self.url = url
        self.description = description
        self.types = types
        self.state = state
        self.stateReason = stateReason
        self.position = position
        self.pending = pending
        self.dead = dead
        self.failures = failures
        self.failingSince = failingSince
        self.resumeAt = resumeAt
        self.lag = lag
        self.createdAt = createdAt
        self.formerSecretUntil = formerSecretUntil
    }
}

/// A subscription that has just been made, with the secret that is shown this once.
public struct NewWebhook: Codable, Sendable {
    /// The subscription.
    public let subscription: WebhookSubscription
    /// What signatures are checked with: `whsec_` and base64; absent when the same request is answered again.
    public let secret: String?

    /// Makes the answer of its parts.
    public init(subscription: WebhookSubscription, secret: String?) {
        self.subscription = subscription
        self.secret = secret
    }
}
