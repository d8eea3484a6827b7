public import DomainModel

/// What an event is about: the kind of thing, and its key.
public struct AuditSubject: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The kind of thing: `region`, `batch`, `edition`.
    public let kind: String
    /// What tells it from others of its kind.
    public let key: String

    /// Names a subject.
    public init(_ kind: String, _ key: String) {
        self.kind = kind
        self.key = key
    }

    /// `kind/key`.
    public var description: String { "\(kind)/\(key)" }
}

/// One link of a chain: who did what to what, when and why.
public struct AuditEvent: Sendable, Hashable, Codable {
    /// The chain that it is a link of, from 0.
    public let chain: Int
    /// Its place in the chain, from 1 on without gaps.
    public let sequence: Int64
    /// Rises with every transaction that writes; events of one transaction share it. Has gaps.
    ///
    /// Taken when the transaction has done all of its writes, so for one record it follows the order of the changes.
    public let occasion: Int64
    /// By the clock of the database.
    public let at: Instant
    /// In whose name: `user:li.wei`, `service:ingest`.
    public let principal: String
    /// On what occasion: the id of a request, or `job:N`.
    public let activity: String
    /// What was done: `region.import`, `batch.commit`, `person.read`.
    public let action: String
    /// What it was done to.
    public let subject: AuditSubject
    /// Why, where somebody has said it.
    public let reason: String?
    /// Digest of the subject before; absent where it was not there or is not digested.
    public let before: AuditDigest?
    /// Digest of the subject after; absent where it is gone or is not digested.
    public let after: AuditDigest?
    /// Counts, digests and changed fields. Personal data never stand here in clear.
    public let details: CanonicalValue

    /// Makes an event of its parts.
    public init(
        chain: Int,
        sequence: Int64,
        occasion: Int64,
        at: Instant,
        principal: String,
        activity: String,
        action: String,
        subject: AuditSubject,
        reason: String?,
        before: AuditDigest?,
        after: AuditDigest?,
        details: CanonicalValue
    ) {
        self.chain = chain
        self.sequence = sequence
        self.occasion = occasion
        self.at = at
        self.principal = principal
        self.activity = activity
        self.action = action
        self.subject = subject
        self.reason = reason
        self.before = before
        self.after = after
        self.details = details
    }
}

/// An event with the hash that links it to the one before it.
public struct LinkedEvent: Sendable, Hashable, Codable {
    /// The event.
    public let event: AuditEvent
    /// Its link, as it is stored.
    public let hash: AuditDigest

    /// Pairs an event with its stored link.
    public init(event: AuditEvent, hash: AuditDigest) {
        self.event = event
        self.hash = hash
    }
}

/// The place of an event, as people write it: `7-1042` is link 1042 of chain 7.
public struct AuditPlace: Sendable, Hashable, LosslessStringConvertible {
    /// The chain.
    public let chain: Int
    /// The place in it.
    public let sequence: Int64

    /// Makes a place of its parts.
    public init(chain: Int, sequence: Int64) {
        self.chain = chain
        self.sequence = sequence
    }

    /// Reads `chain-sequence`.
    public init?(_ description: String) {
        let parts = description.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let chain = Int16(parts[0]), let sequence = Int64(parts[1]), chain >= 0, sequence > 0
        else { return nil }
        self.init(chain: Int(chain), sequence: sequence)
    }

    /// `chain-sequence`.
    public var description: String { "\(chain)-\(sequence)" }
}

extension AuditEvent {
    /// Where it stands.
    public var place: AuditPlace { AuditPlace(chain: chain, sequence: sequence) }
}
