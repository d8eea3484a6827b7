/// What becomes of two records of one thing: told before it is done, and when it was done.
public struct RecordMerge: Sendable, Hashable, Codable {
    /// The key of the record that goes on.
    public let survivor: String
    /// The key of the record that is taken up.
    public let absorbed: String
    /// What both are.
    public let kind: RegistryKind
    /// Names the state of both records that was looked at; sent back, it makes sure that nobody has changed them since.
    public let seen: String
    /// Whether nothing was written.
    public let isRehearsal: Bool
    /// The fields in which they differ.
    public let fields: [MergedField]
    /// The statements about the absorbed record, and those of the survivor that end.
    public let statements: [MergedStatement]
    /// Everything that is in the way.
    public let conflicts: [Conflict]

    /// Makes an account of its parts.
    public init(
        survivor: String,
        absorbed: String,
        kind: RegistryKind,
        seen: String,
        isRehearsal: Bool,
        fields: [MergedField],
        statements: [MergedStatement],
        conflicts: [Conflict]
    ) {
        self.survivor = survivor
        self.absorbed = absorbed
        self.kind = kind
        self.seen = seen
        self.isRehearsal = isRehearsal
        self.fields = fields
        self.statements = statements
        self.conflicts = conflicts
    }
}

/// A merge that was made, and perhaps undone.
public struct PastMerge: Sendable, Hashable, Codable {
    /// The key of the record that went on.
    public let survivor: String
    /// The key of the record that was taken up.
    public let absorbed: String
    /// Who merged them, when and why.
    public let merged: Recording
    /// Who undid it, when and why; absent while it stands.
    public let undone: Recording?

    /// Makes a merge of its parts.
    public init(survivor: String, absorbed: String, merged: Recording, undone: Recording?) {
        self.survivor = survivor
        self.absorbed = absorbed
        self.merged = merged
        self.undone = undone
    }
}

/// What came back when a merge was undone.
public struct MergeUndoing: Sendable, Hashable, Codable {
    /// The key of the record that goes on alone.
    public let survivor: String
    /// The key of the record that is there again.
    public let restored: String
    /// Whether nothing was written.
    public let isRehearsal: Bool
    /// The numbers of the statements that are said again as before.
    public let statements: [Int64]
    /// Statements that lead to what was withdrawn, merged or erased since, and are not said again.
    public let left: [Int64]

    /// Makes an account of its parts.
    public init(survivor: String, restored: String, isRehearsal: Bool, statements: [Int64], left: [Int64]) {
        self.survivor = survivor
        self.restored = restored
        self.isRehearsal = isRehearsal
        self.statements = statements
        self.left = left
    }
}
