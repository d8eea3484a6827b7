/// How many records of a kind were taken as they are.
public struct BaselineCount: Sendable, Hashable, Codable {
    /// The kind.
    public let kind: String
    /// How many.
    public let records: Int64

    /// Counts the records of a kind.
    public init(kind: String, records: Int64) {
        self.kind = kind
        self.records = records
    }
}
