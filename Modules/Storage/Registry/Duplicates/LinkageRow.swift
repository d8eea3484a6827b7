public import DomainModel

/// What a record is compared by, as it is stored.
public struct LinkageRow: Sendable, Hashable {
    /// The row number of the record.
    public let record: Int64
    /// What it is.
    public let kind: RegistryKind
    /// The row number of its region.
    public let region: Int32?
    /// The write of the record that it was made after.
    public let version: Int64
    /// Digests of the keys under which it meets others, ascending.
    public let keys: [Int64]
    /// Digests of its names.
    public let names: [Int64]
    /// The values; whoever compares them knows the form.
    public let content: String

    /// Makes a row of its parts.
    public init(
        record: Int64,
        kind: RegistryKind,
        region: Int32?,
        version: Int64,
        keys: [Int64],
        names: [Int64],
        content: String
    ) {
        self.record = record
        self.kind = kind
        self.region = region
        self.version = version
        self.keys = keys
        self.names = names
        self.content = content
    }
}

/// A record in a block: those that share a key.
public struct LinkageMember: Sendable {
    /// The key that the block shares.
    public let key: Int64
    /// What it is compared by.
    public let row: LinkageRow
    /// How many records have its commonest name.
    public let namesakes: Int
    /// Whether it is one of those whose pairs are looked for.
    public let isFresh: Bool
}

/// All that is believed of a record, to be made comparable.
public struct LinkageFacts: Sendable {
    /// The row number of the record.
    public let record: Int64
    /// What it is.
    public let kind: RegistryKind
    /// Whether it is kept.
    public let isKept: Bool
    /// The row number of its region.
    public let region: Int32?
    /// Its last write.
    public let version: Int64
    /// What is believed of it, of whatever day, the latest first.
    public var attributes: [Attributes] = []
    /// What is said about it that helps to tell records apart: type, the record that it leads to, values.
    public var statements: [(type: String, object: Int64?, attributes: Attributes)] = []
    /// Keyed hashes of its sealed values by field.
    public var hashes: [(field: String, hash: String)] = []
}
