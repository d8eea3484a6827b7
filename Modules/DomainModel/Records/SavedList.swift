/// A list of records that somebody has named: a question that is asked anew each time, or a fixed set of keys.
public struct SavedList: Sendable, Hashable, Codable {
    /// Its number.
    public let id: Int64
    /// Whose it is; only they change it.
    public let owner: String
    /// What it is.
    public let order: SavedListOrder
    /// When it was changed last.
    public let changedAt: Instant

    /// Makes a list of its parts.
    public init(id: Int64, owner: String, order: SavedListOrder, changedAt: Instant) {
        self.id = id
        self.owner = owner
        self.order = order
        self.changedAt = changedAt
    }
}

/// What somebody says to save a list: a question or keys.
public struct SavedListOrder: Sendable, Hashable, Codable {
    /// Who may see it beside its owner.
    public enum Sharing: String, Sendable, Codable, CaseIterable {
        /// Nobody.
        case owner
        /// Whoever has a role.
        case role
        /// Everybody who may read records.
        case everybody
    }

    /// Which records.
    public struct Question: Sendable, Hashable, Codable {
        /// What they are.
        public let kind: RegistryKind
        /// What is typed into the search box.
        public let q: String?
        /// The region that they lie in, itself or one below it.
        public let region: String?
        /// Whether they are kept up or have ended.
        public let state: RecordState?
        /// Values of fields, as `code:value`.
        public let fields: [String]?
        /// What else is asked of fields, as `code:operator:value`: see ``FieldComparison``.
        public let `where`: [String]?

        /// Makes a question of its parts.
        public init(
            kind: RegistryKind,
            q: String? = nil,
            region: String? = nil,
            state: RecordState? = nil,
            fields: [String]? = nil,
            where: [String]? = nil
        ) {
            self.kind = kind
            self.q = q
            self.region = region
            self.state = state
            self.fields = fields
            self.where = `where`
        }
    }

    /// What it is called; no two lists of an owner have the same name.
    public let name: String
    /// Who may see it beside its owner.
    public let sharing: Sharing
    /// The role, where whoever has it may see the list.
    public let role: String?
    /// Which records, asked anew each time.
    public let question: Question?
    /// The keys of the records, where they are fixed.
    public let keys: [String]?

    /// Makes an order of its parts.
    public init(name: String, sharing: Sharing, role: String? = nil, question: Question? = nil, keys: [String]? = nil) {
        self.name = name
        self.sharing = sharing
        self.role = role
        self.question = question
        self.keys = keys
    }
}
