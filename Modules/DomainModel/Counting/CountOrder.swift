/// What somebody says to count a measure.
public struct CountOrder: Sendable, Hashable, Codable {
    /// The indicator's code without its scope.
    public let measure: String
    /// The period; stocks are counted on its last day.
    public let period: Period
    /// As of which instant the register is read; now if absent.
    public let asOf: Instant?

    /// Makes an order of its parts.
    public init(measure: String, period: Period, asOf: Instant? = nil) {
        self.measure = measure
        self.period = period
        self.asOf = asOf
    }
}
