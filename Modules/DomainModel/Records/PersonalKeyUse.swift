/// A master key of personal data, and how much it is used; never the key itself.
public struct PersonalKeyUse: Sendable, Hashable, Codable {
    /// Its name: `2026b`; `index:` in front of the one that makes values findable.
    public let name: String
    /// Whether it wraps what is new.
    public let isCurrent: Bool
    /// Whether the host that answers has it.
    public let isConfigured: Bool
    /// The keys of records that it wraps.
    public let records: Int64

    /// Makes what is said of a key of its parts.
    public init(name: String, isCurrent: Bool, isConfigured: Bool, records: Int64) {
        self.name = name
        self.isCurrent = isCurrent
        self.isConfigured = isConfigured
        self.records = records
    }
}

/// A rotation of master keys that goes on in the background.
public struct PersonalKeyRotation: Sendable, Hashable, Codable {
    /// The master key that is to wrap all keys of records.
    public let master: String
    /// The job that sees to it; absent when one does so already.
    public let job: Int64?
    /// The keys of records that others still wrap.
    public let records: Int64

    /// Makes a rotation of its parts.
    public init(master: String, job: Int64?, records: Int64) {
        self.master = master
        self.job = job
        self.records = records
    }
}
