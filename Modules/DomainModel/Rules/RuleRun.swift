/// A run of the rules over the register: which rules, of which day, as believed when, and what came of it.
public struct RuleRun: Sendable, Hashable, Codable {
    /// Whether its facts stand as the present ones, or were only tried.
    public enum Purpose: String, Sendable, Codable, CaseIterable {
        /// What it concludes stands until the next run.
        case standing
        /// What it concludes is kept beside what stands, to be looked at and compared.
        case trial
    }

    /// Its number.
    public let id: Int64
    /// What it is for.
    public let purpose: Purpose
    /// The day for which facts were derived.
    public let day: CivilDate
    /// The instant as of which the register was read.
    public let asOf: Instant
    /// The rules with their versions, in their order: `ladder@1`.
    public let rules: [String]
    /// The only record that was looked at; absent for all of them.
    public let record: String?
    /// Who started it.
    public let startedBy: String
    /// When.
    public let startedAt: Instant
    /// How many records were looked at.
    public let records: Int64
    /// How many facts were derived.
    public let facts: Int64
    /// SHA-256 over the facts in the order of their records: the same inputs give the same one.
    public let digest: String

    /// Makes a run of its parts.
    public init(
        id: Int64,
        purpose: Purpose,
        day: CivilDate,
        asOf: Instant,
        rules: [String],
        record: String?,
        startedBy: String,
        startedAt: Instant,
        records: Int64,
        facts: Int64,
        digest: String
    ) {
        self.id = id
        self.purpose = purpose
        self.day = day
        self.asOf = asOf
        self.rules = rules
        self.record = record
        self.startedBy = startedBy
        self.startedAt = startedAt
        self.records = records
        self.facts = facts
        self.digest = digest
    }
}

/// What somebody says to run the rules.
public struct RuleRunOrder: Sendable, Hashable, Codable {
    /// The day for which facts are derived; today in China if absent.
    public let day: CivilDate?
    /// The instant as of which the register is read; now if absent.
    public let asOf: Instant?
    /// Only these rules, by their codes; all if absent. A run of some of them is a trial.
    public let rules: [String]?
    /// Only this record; all if absent.
    public let record: String?
    /// Whether it is only tried. So is every run of another day or instant.
    public let isTrial: Bool?

    /// Makes an order of its parts.
    public init(
        day: CivilDate? = nil,
        asOf: Instant? = nil,
        rules: [String]? = nil,
        record: String? = nil,
        isTrial: Bool? = nil
    ) {
        self.day = day
        self.asOf = asOf
        self.rules = rules
        self.record = record
        self.isTrial = isTrial
    }
}
