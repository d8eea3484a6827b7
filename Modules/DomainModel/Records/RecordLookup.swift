/// A question for the records that have exactly one value in a sealed field.
public struct RecordLookup: Sendable, Hashable, Codable {
    /// The field: `telephone`; of a kind of statement `permit.number`.
    public var field: String
    /// The value, in any way of writing it.
    public var value: String
    /// Only records of this kind.
    public var kind: RegistryKind?
    /// What for.
    public var purpose: String?

    /// Makes a question of its parts.
    public init(field: String, value: String, kind: RegistryKind? = nil, purpose: String? = nil) {
        self.field = field
        self.value = value
        self.kind = kind
        self.purpose = purpose
    }
}
