public import DomainModel

/// One thing that is wrong with a trail.
public struct TrailFault: Sendable, Hashable, Codable {
    /// What kind of thing.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// The event is not what was hashed: it, or its hash, was changed.
        case brokenLink = "broken-link"
        /// Events that must be there are not.
        case missing
        /// An event stands where none may be: out of order, or twice.
        case misplaced
        /// The chain ends before a head that was signed or that the database keeps.
        case truncated
        /// The chain is whole in itself, but not the one that was signed.
        case rewritten
        /// The head that the database keeps is not the end of the chain.
        case headDiffers = "head-differs"
        /// The signature of a checkpoint is not the key's.
        case forgedSignature = "forged-signature"
        /// A checkpoint is missing, or does not hang on the one before it.
        case brokenCheckpoint = "broken-checkpoint"
        /// A line that cannot be read, or a file without its end.
        case unreadable
    }

    /// What kind of thing.
    public let kind: Kind
    /// The chain, where it is about one.
    public var chain: Int?
    /// The first event that it is about.
    public var sequence: Int64?
    /// The checkpoint, where it is about one.
    public var checkpoint: Int64?
    /// The line of the file, where it is about one.
    public var line: Int64?
    /// What must stand there: a hash, or a place.
    public var expected: String?
    /// What stands there.
    public var found: String?
    /// The instant that the event, or the last one before it, claims.
    public var at: Instant?
    /// Who the event says it was.
    public var principal: String?

    /// Makes a fault.
    public init(
        _ kind: Kind,
        chain: Int? = nil,
        sequence: Int64? = nil,
        checkpoint: Int64? = nil,
        line: Int64? = nil,
        expected: String? = nil,
        found: String? = nil,
        at: Instant? = nil,
        principal: String? = nil
    ) {
        self.kind = kind
        self.chain = chain
        self.sequence = sequence
        self.checkpoint = checkpoint
        self.line = line
        self.expected = expected
        self.found = found
        self.at = at
        self.principal = principal
    }
}
