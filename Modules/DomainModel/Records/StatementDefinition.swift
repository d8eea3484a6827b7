/// A kind of statement: a dated fact about a record, or a dated relation of it to another one, in one form.
public struct StatementDefinition: Sendable, Hashable, Codable {
    /// What may not be said twice of the same day.
    public enum Slot: String, Sendable, Codable, CaseIterable {
        /// Anything may be said as often as it is true.
        case none
        /// One statement of the kind a subject.
        case subject
        /// One for each term.
        case term
        /// One for each object.
        case object
        /// One for each object and term.
        case pair
    }

    /// How shares of statements of the kind are added up.
    public enum Shares: String, Sendable, Codable, CaseIterable {
        /// There are none.
        case none
        /// Each stands for itself.
        case free
        /// On no day are those of one subject more than one.
        case subject
        /// On no day are those of one subject and term more than one.
        case term
    }

    /// The name that is stored.
    public let code: String
    /// What it is called.
    public let label: LocalizedText
    /// The kinds of record that it may be about.
    public let subjects: [RegistryKind]
    /// The kinds of record that it may lead to; empty where it leads to none.
    public let objects: [RegistryKind]
    /// Whether it must lead to a record.
    public let needsObject: Bool
    /// The vocabulary of its term.
    public let vocabulary: String?
    /// The values of its term, where no vocabulary has them.
    public let choices: [FieldDefinition.Choice]
    /// What may not be said twice of the same day.
    public let slot: Slot
    /// How shares are added up.
    public let shares: Shares
    /// What else it says.
    public let fields: [FieldDefinition]
    /// The requirements that ask for it.
    public let source: String

    /// Whether it has a term, and must have one.
    public var hasTerm: Bool { vocabulary != nil || !choices.isEmpty }

    /// Declares a kind of statement.
    public init(
        _ code: String,
        _ zh: String,
        _ en: String,
        about subjects: [RegistryKind],
        to objects: [RegistryKind] = [],
        needsObject: Bool = true,
        term vocabulary: String? = nil,
        choices: [FieldDefinition.Choice] = [],
        slot: Slot = .none,
        shares: Shares = .none,
        source: String,
        fields: [FieldDefinition] = []
    ) {
        self.code = code
        label = LocalizedText(zh: zh, en: en)
        self.subjects = subjects
        self.objects = objects
        self.needsObject = needsObject && !objects.isEmpty
        self.vocabulary = vocabulary
        self.choices = choices
        self.slot = slot
        self.shares = shares
        self.source = source
        self.fields = fields
    }

    /// A field by its code.
    public func field(_ code: String) -> FieldDefinition? { fields.first { $0.code == code } }
}
