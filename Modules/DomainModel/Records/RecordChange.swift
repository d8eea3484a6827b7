/// A change of one record, as those who follow the register see it: that it changed and where, without values.
public struct RecordChange: Sendable, Hashable, Codable {
    /// What became of the record.
    public enum Verb: String, Sendable, Codable, CaseIterable {
        /// It is known from now on.
        case created
        /// Its fields or its state are otherwise, from a day on or by correction.
        case changed
        /// Something is said about it, or no longer; its fields are as before.
        case said
        /// It should never have been.
        case withdrawn
        /// Another record stands for it.
        case merged
        /// What was personal is gone.
        case erased
    }

    /// The key of the record.
    public let key: String
    /// What it is.
    public let kind: RegistryKind
    /// What became of it.
    public let verb: Verb
    /// The write: the record's version after it.
    public let version: Int64
    /// Who, when and why, and the submitted file that brought it.
    public let recorded: Recording
    /// The fields that are otherwise on some day, in the order of their codes; `state` where that is.
    public let fields: [String]
    /// The numbers of the statements about it that were begun, ended or corrected.
    public let statements: [Int64]

    /// Makes a change of its parts.
    public init(
        key: String,
        kind: RegistryKind,
        verb: Verb,
        version: Int64,
        recorded: Recording,
        fields: [String],
        statements: [Int64]
    ) {
        self.key = key
        self.kind = kind
        self.verb = verb
        self.version = version
        self.recorded = recorded
        self.fields = fields
        self.statements = statements
    }
}

/// A part of the changes.
public struct RecordChanges: Sendable, Hashable, Codable {
    /// The changes in the order in which they were recorded.
    public let items: [RecordChange]
    /// Up to where everything was looked at: ask after it the next time.
    public let next: String

    /// Makes a part.
    public init(items: [RecordChange], next: String) {
        self.items = items
        self.next = next
    }
}
