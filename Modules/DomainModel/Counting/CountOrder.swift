/// What somebody says to count measures.
public struct CountOrder: Sendable, Hashable, Codable {
    /// The indicators' codes without their scope, all that are counted if there are none.
    public let measures: [String]?
    /// The period; stocks are counted on its last day.
    public let period: Period
    /// As of which instant the register is read; now if absent.
    public let asOf: Instant?

    /// Makes an order of its parts.
    public init(measures: [String]? = nil, period: Period, asOf: Instant? = nil) {
        self.measures = measures
        self.period = period
        self.asOf = asOf
    }
}
