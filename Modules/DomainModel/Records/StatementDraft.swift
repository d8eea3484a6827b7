/// A statement as somebody makes it, not yet checked.
public struct StatementDraft: Sendable, Hashable, Codable {
    /// The kind of statement.
    public var type: String
    /// The key of the record that it leads to.
    public var object: String?
    /// Its term.
    public var term: String?
    /// Its share of a whole, above 0 and at most 1.
    public var share: ExactDecimal?
    /// The first day on which it holds.
    public var from: CivilDate?
    /// The first day on which it holds no longer.
    public var until: CivilDate?
    /// What else it says.
    public var attributes: Attributes?

    /// Makes a draft of its parts.
    public init(
        _ type: String,
        object: String? = nil,
        term: String? = nil,
        share: ExactDecimal? = nil,
        from: CivilDate? = nil,
        until: CivilDate? = nil,
        attributes: Attributes? = nil
    ) {
        self.type = type
        self.object = object
        self.term = term
        self.share = share
        self.from = from
        self.until = until
        self.attributes = attributes
    }

    /// The days for which it holds.
    public var validity: DateSpan { DateSpan(from: from, until: until) }
}

/// What is known of a record that another one leads to.
public struct RelatedRecord: Sendable, Hashable {
    /// Its key.
    public let key: String
    /// Its kind.
    public let kind: RegistryKind
    /// What became of it.
    public let state: RecordState
    /// The record that took it up, when it was merged.
    public let mergedInto: String?

    /// Makes what is known of its parts.
    public init(key: String, kind: RegistryKind, state: RecordState, mergedInto: String? = nil) {
        self.key = key
        self.kind = kind
        self.state = state
        self.mergedInto = mergedInto
    }
}
