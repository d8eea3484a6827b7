/// Which records are meant, at the end of a period or within it.
public struct RecordSelection: Sendable, Hashable {
    /// What must be true of a record.
    public enum Condition: Sendable, Hashable {
        /// A field has one of these values on the last day; a term also by a narrower one of its vocabulary.
        case field(String, [String])
        /// A field is true on the last day.
        case isTrue(String)
        /// A date of the record lies within the period.
        case dated(String)
        /// A statement holds on the last day, with one of these terms or a narrower one; without terms, with any.
        case holds(String, [String] = [])
        /// A statement begins within the period, with one of these terms or a narrower one; without terms, with any.
        case begins(String, [String] = [])

        /// Whether it looks at the period and not at its last day.
        var isFlow: Bool {
            switch self {
            case .dated, .begins: true
            case .field, .isTrue, .holds: false
            }
        }
    }

    /// The kind of record.
    public let kind: RegistryKind
    /// All of these must be true.
    public let conditions: [Condition]

    /// Whether it looks at a period and not only at its last day.
    public var isFlow: Bool { conditions.contains(where: \.isFlow) }

    init(_ kind: RegistryKind, _ conditions: [Condition]) {
        self.kind = kind
        self.conditions = conditions
    }

    /// The same with one more condition.
    func and(_ condition: Condition) -> RecordSelection { RecordSelection(kind, conditions + [condition]) }
}
