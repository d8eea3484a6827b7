/// One counting of one measure: by which rule, for which days, as believed when.
public struct Tally: Sendable, Hashable, Codable {
    /// Its number.
    public let id: Int64
    /// The indicator's code without its scope.
    public let measure: String
    /// The version of the rule.
    public let ruleVersion: Int
    /// The days that were looked at.
    public let days: DateSpan
    /// The instant as of which the register was read.
    public let asOf: Instant
    /// In whose name it was counted.
    public let principal: String

    /// Makes a counting of its parts.
    public init(id: Int64, measure: String, ruleVersion: Int, days: DateSpan, asOf: Instant, principal: String) {
        self.id = id
        self.measure = measure
        self.ruleVersion = ruleVersion
        self.days = days
        self.asOf = asOf
        self.principal = principal
    }
}
