public import DomainModel

/// Where sealed values stand: among the attributes of a record, or of a kind of statement about it.
public enum SealedPlace: Sendable, Hashable {
    /// A record of a kind.
    case record(RegistryKind)
    /// A statement of a type.
    case statement(String)

    /// The name of a field of the place, bound into its values and hashes: `telephone`, `permit.number`.
    public func name(of field: String) -> String {
        switch self {
        case .record: field
        case .statement(let type): "\(type).\(field)"
        }
    }

    /// The fields of the place.
    public func fields(in model: RecordModel) -> [FieldDefinition] {
        switch self {
        case .record(let kind): model.fields(of: kind)
        case .statement(let type): model.statement(type)?.fields ?? []
        }
    }
}

/// A sealed value as it is found: the name of its field, and the keyed hash of the value.
public struct BlindEntry: Sendable, Hashable {
    /// The name of the field: `telephone`, `permit.number`.
    public let field: String
    /// 16 bytes by ``BlindIndex``.
    public let hash: [UInt8]

    /// Makes an entry of its parts.
    public init(field: String, hash: [UInt8]) {
        self.field = field
        self.hash = hash
    }
}
