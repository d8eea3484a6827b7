/// A derived fact in a list, with what its record is called.
public struct ListedFact: Sendable, Hashable, Codable {
    /// The record.
    public let record: String
    /// What the record is called today.
    public let name: String?
    /// What sort of conclusion it is.
    public let sort: DerivedFact.Sort
    /// What it says.
    public let term: String
    /// The rule and its version: `ladder@1`.
    public let rule: String
    /// Why, in the order in which the rule looked.
    public let grounds: [Ground]

    /// Makes an item of a fact and the name of its record.
    public init(_ fact: DerivedFact, name: String?) {
        record = fact.record
        self.name = name
        sort = fact.sort
        term = fact.term
        rule = fact.rule
        grounds = fact.grounds
    }

    /// The fact alone.
    public var fact: DerivedFact { DerivedFact(record: record, sort: sort, term: term, rule: rule, grounds: grounds) }
}
