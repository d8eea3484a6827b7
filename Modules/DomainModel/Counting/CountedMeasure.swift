/// A counting with its values.
public struct CountedMeasure: Sendable, Hashable, Codable {
    /// Which rule, for which days, as believed when.
    public let tally: Tally
    /// The values of the regions that the caller sees, in the order of their codes.
    public let values: [RegionCount]

    /// Makes a counting of its parts.
    public init(tally: Tally, values: [RegionCount]) {
        self.tally = tally
        self.values = values
    }
}
