/// What was counted of one indicator for one region, itself and all below it.
public struct RegionCount: Sendable, Hashable, Codable {
    /// The region's code.
    public let region: String
    /// How many records count.
    public let records: Int64
    /// The records that they are a share of; absent where it is no share.
    public let whole: Int64?
    /// The value in the indicator's unit; absent for a share of nothing.
    public let value: ExactDecimal?

    /// Makes a count of its parts.
    public init(region: String, records: Int64, whole: Int64?, value: ExactDecimal?) {
        self.region = region
        self.records = records
        self.whole = whole
        self.value = value
    }
}
