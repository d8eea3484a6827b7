/// Two records that may be one, for somebody to look at.
public struct DuplicateCandidate: Sendable, Hashable, Codable {
    /// What was decided.
    public enum State: String, Sendable, Codable, CaseIterable {
        /// Nothing yet; or of facts that are no longer so.
        case open
        /// To be looked at again.
        case later
        /// They are two: not offered again unless their facts change.
        case different
        /// They were made one.
        case merged
    }

    /// Its number.
    public let id: Int64
    /// What both are.
    public let kind: RegistryKind
    /// One of the two, the one that was recorded first.
    public let one: RelatedName
    /// The other.
    public let other: RelatedName
    /// How likely they are one, from 0 to 1: an order among candidates, not a frequency.
    public let probability: Double
    /// Why, the weightiest first.
    public let reasons: [DuplicateReason]
    /// What was decided.
    public let state: State
    /// When the pair was found with these facts.
    public let foundAt: Instant
    /// The last decision about the pair.
    public let decision: DuplicateDecision?

    /// Makes a candidate of its parts.
    public init(
        id: Int64,
        kind: RegistryKind,
        one: RelatedName,
        other: RelatedName,
        probability: Double,
        reasons: [DuplicateReason],
        state: State,
        foundAt: Instant,
        decision: DuplicateDecision?
    ) {
        self.id = id
        self.kind = kind
        self.one = one
        self.other = other
        self.probability = probability
        self.reasons = reasons
        self.state = state
        self.foundAt = foundAt
        self.decision = decision
    }
}

/// What somebody decided about two records.
public struct DuplicateDecision: Sendable, Hashable, Codable {
    /// What is decided.
    public enum Verdict: String, Sendable, Codable, CaseIterable {
        /// They are one: they are merged.
        case same
        /// They are two.
        case different
        /// Somebody looks at them another time.
        case later
    }

    /// What was decided.
    public let verdict: Verdict
    /// Why.
    public let reason: String
    /// Who decided.
    public let principal: String
    /// When.
    public let at: Instant

    /// Makes a decision of its parts.
    public init(verdict: Verdict, reason: String, principal: String, at: Instant) {
        self.verdict = verdict
        self.reason = reason
        self.principal = principal
        self.at = at
    }
}

/// What came of looking through all records of a kind.
public struct DuplicateSearch: Sendable, Hashable, Codable {
    /// Its number.
    public let id: Int64
    /// What was looked through.
    public let kind: RegistryKind
    /// In whose name.
    public let principal: String
    /// When.
    public let at: Instant
    /// How many records.
    public let records: Int64
    /// How many of them had changed since the last time.
    public let refreshed: Int64
    /// How many pairs were compared.
    public let pairs: Int64
    /// How many were likely enough.
    public let candidates: Int64
    /// How many keys more records shared than are compared with one another; their pairs meet under other keys only.
    public let skippedKeys: Int64
    /// The most records under one of these keys.
    public let largestSkipped: Int64

    /// Makes an account of its parts.
    public init(
        id: Int64,
        kind: RegistryKind,
        principal: String,
        at: Instant,
        records: Int64,
        refreshed: Int64,
        pairs: Int64,
        candidates: Int64,
        skippedKeys: Int64,
        largestSkipped: Int64
    ) {
        self.id = id
        self.kind = kind
        self.principal = principal
        self.at = at
        self.records = records
        self.refreshed = refreshed
        self.pairs = pairs
        self.candidates = candidates
        self.skippedKeys = skippedKeys
        self.largestSkipped = largestSkipped
    }
}
