/// A field that two records have otherwise, and whose value the merged record takes.
public struct MergedField: Sendable, Hashable, Codable {
    /// The field.
    public let field: String
    /// The survivor's present value; absent when it has none, or when it is shown for a named purpose alone.
    public let survivor: AttributeValue?
    /// The absorbed record's; absent as above.
    public let absorbed: AttributeValue?
    /// Whether the values are kept back.
    public let isMasked: Bool
    /// Whose value is taken.
    public let taken: MergeSide?

    /// Makes a field of its parts.
    public init(
        field: String,
        survivor: AttributeValue?,
        absorbed: AttributeValue?,
        isMasked: Bool = false,
        taken: MergeSide?
    ) {
        self.field = field
        self.survivor = isMasked ? nil : survivor
        self.absorbed = isMasked ? nil : absorbed
        self.isMasked = isMasked
        self.taken = taken
    }
}
