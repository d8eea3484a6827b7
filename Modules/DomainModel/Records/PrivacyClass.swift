/// How a field may be kept and shown.
public enum PrivacyClass: String, Sendable, Codable, CaseIterable {
    /// Anybody who may read the record sees it, and it may be published.
    case open
    /// Anybody who may read the record sees it; it is not published.
    case `internal`
    /// Says by itself which person it is: a name, a number of one's own, a text that may name. Anybody who may read the
    /// record sees it; a file of records has it only when a second person has approved.
    ///
    /// Source: GB/T 37964-2019, direct identifiers.
    case identifying
    /// About a person: left out of answers unless a purpose is named, and such a reading is recorded.
    case personal
    /// About a person, and kept encrypted alone: numbers of documents, addresses, telephones, accounts.
    case sealed

    /// Whether values stand in answers only for a named purpose, and never in conflicts or in the audit trail.
    public var isHidden: Bool { self == .personal || self == .sealed }
}
