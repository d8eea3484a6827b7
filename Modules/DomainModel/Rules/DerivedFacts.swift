/// What the rules say of one record.
public struct DerivedFacts: Sendable, Hashable, Codable {
    /// The record.
    public let record: String
    /// The day for which they were derived.
    public let day: CivilDate
    /// The facts in the order of sort and term.
    public let facts: [DerivedFact]

    /// Makes an answer of its parts.
    public init(record: String, day: CivilDate, facts: [DerivedFact]) {
        self.record = record
        self.day = day
        self.facts = facts
    }
}
