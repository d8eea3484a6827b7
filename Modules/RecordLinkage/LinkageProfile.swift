/// What of a record is compared: for each feature all values that it has or had.
///
/// Values are compared as they are: fold case, width and variants of characters before.
public struct LinkageProfile: Sendable, Equatable {
    /// The record.
    public let id: Int64
    /// The values by feature; a feature without a value is not known, and counts neither for nor against.
    public var values: [LinkageFeature: [String]]
    /// The readings of the names in Latin letters without tones or spaces: `zhangsan`.
    public var readings: [String]
    /// How many records of the population have the name 同名数量; at least 1.
    public var namesakes: Int

    /// Makes a profile.
    public init(
        id: Int64,
        values: [LinkageFeature: [String]],
        readings: [String] = [],
        namesakes: Int = 1
    ) {
        self.id = id
        self.values = values.filter { !$0.value.isEmpty }
        self.readings = readings
        self.namesakes = max(1, namesakes)
    }
}
