public import DomainModel

/// An event as the service answers with it: flat, for people and programs.
public struct AuditRecord: Sendable, Hashable, Codable {
    /// The place of the event: chain and sequence.
    public let place: String
    /// See ``AuditEvent/occasion``.
    public let occasion: Int64
    /// By the clock of the database.
    public let at: Instant
    /// In whose name.
    public let principal: String
    /// On what occasion: a request's id, or `job:N`.
    public let activity: String
    /// What was done.
    public let action: String
    /// The kind of thing that it was done to.
    public let kind: String
    /// The key of the thing.
    public let key: String
    /// Why, where somebody has said it.
    public let reason: String?
    /// Digest of the thing before.
    public let before: AuditDigest?
    /// Digest of the thing after.
    public let after: AuditDigest?
    /// Counts, digests and changed fields.
    public let details: CanonicalValue
    /// The event's link.
    public let hash: AuditDigest

    /// Makes the record of an event.
    public init(_ linked: LinkedEvent) {
        let event = linked.event
        place = event.place.description
        occasion = event.occasion
        at = event.at
        principal = event.principal
        activity = event.activity
        action = event.action
        kind = event.subject.kind
        key = event.subject.key
        reason = event.reason
        before = event.before
        after = event.after
        details = event.details
        hash = linked.hash
    }
}

/// A checkpoint as the service answers with it.
public struct CheckpointRecord: Sendable, Hashable, Codable {
    /// From 1 on.
    public let number: Int64
    /// By the clock of the database.
    public let at: Instant
    /// How many events it covers.
    public let events: Int64
    /// Fingerprint of the key that signed it.
    public let key: AuditDigest
    /// Its digest: what the next one hangs on.
    public let digest: AuditDigest

    /// Makes the record of a checkpoint.
    public init(_ signed: SignedCheckpoint) {
        number = signed.checkpoint.number
        at = signed.checkpoint.at
        events = signed.checkpoint.events
        key = signed.checkpoint.key
        digest = signed.checkpoint.digest
    }
}
