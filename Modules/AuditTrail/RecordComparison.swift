public import DomainModel

/// What came of comparing the records of a kind with what the trail says of them last.
public struct RecordComparison: Sendable, Hashable, Codable {
    /// The kind.
    public let kind: String
    /// How many there are.
    public var records: Int64 = 0
    /// The first faults, by key.
    public var faults: [RecordFault] = []
    /// All faults, also those that ``faults`` leaves out.
    public var faultCount: Int64 = 0

    /// Begins a comparison.
    public init(kind: String) { self.kind = kind }

    /// Whether every record is what the trail says.
    public var isIntact: Bool { faultCount == 0 }
}

/// A record that is not what the trail says of it.
public struct RecordFault: Sendable, Hashable, Codable {
    /// What is wrong.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// It is not what its last event left it as.
        case changed
        /// It is gone, and no event says so.
        case missing
        /// It is there, and no event says where from.
        case unrecorded
    }

    /// What is wrong.
    public let kind: Kind
    /// The key of the record.
    public let key: String
    /// The digest by its last event.
    public let expected: AuditDigest?
    /// The digest of what it is.
    public let found: AuditDigest?
    /// The place of its last event.
    public let event: String?
    /// When that was.
    public let at: Instant?
    /// In whose name.
    public let principal: String?

    /// Makes a fault of its parts.
    public init(
        kind: Kind,
        key: String,
        expected: AuditDigest?,
        found: AuditDigest?,
        event: String?,
        at: Instant?,
        principal: String?
    ) {
        self.kind = kind
        self.key = key
        self.expected = expected
        self.found = found
        self.event = event
        self.at = at
        self.principal = principal
    }
}
