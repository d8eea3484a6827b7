/// What a rule concludes of a record, with its grounds.
public struct DerivedFact: Sendable, Hashable, Codable {
    /// What sort of conclusion it is.
    public enum Sort: String, Sendable, Codable, CaseIterable {
        /// A tier of talents 人才层次; the term is one of `talent_tier`.
        case tier
        /// A step of the ladder 发展阶段; the term is one of `enterprise_stage`.
        case stage
        /// A title that the record qualifies for 资质; the term is one of `enterprise_title`.
        case title
        /// A title, tier or permit that ends soon, or has ended without another 到期; the term is that of the statement.
        case expiry
        /// An early warning 预警; the term is one of `early_warning`.
        case warning
    }

    /// The record.
    public let record: String
    /// What sort of conclusion it is.
    public let sort: Sort
    /// What it says.
    public let term: String
    /// The rule and its version: `ladder@1`.
    public let rule: String
    /// Why, in the order in which the rule looked.
    public let grounds: [Ground]

    /// Makes a conclusion of its parts.
    public init(record: String, sort: Sort, term: String, rule: String, grounds: [Ground]) {
        self.record = record
        self.sort = sort
        self.term = term
        self.rule = rule
        self.grounds = grounds
    }
}
