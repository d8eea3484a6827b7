/// What the register knows that records are checked against.
public struct RecordFacts: Sendable {
    /// The codes of each vocabulary.
    public var terms: [String: Set<String>]
    /// The codes of all regions.
    public var regions: Set<String>
    /// The day on which the check is made: no birth lies after it.
    public var today: CivilDate
    /// Whether whoever stores what is checked seals it: else sealed fields are refused.
    public var canSeal = false
    /// Whether the nearest right codes are looked for where one is wrong: each look goes through all codes.
    public var suggests = true

    /// Gathers the facts.
    public init(terms: [String: Set<String>], regions: Set<String>, today: CivilDate) {
        self.terms = terms
        self.regions = regions
        self.today = today
    }
}
