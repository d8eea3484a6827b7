/// One statement of the registry: a dated fact about a record, or a dated relation of it to another one.
public struct RegistryStatement: Sendable, Hashable, Codable {
    /// Its number; it stays when the statement is corrected or ended.
    public let number: Int64
    /// The kind of statement.
    public let type: String
    /// The key of the record that it is about.
    public let subject: String
    /// The key of the record that it leads to.
    public let object: String?
    /// Its term.
    public let term: String?
    /// Its share of a whole.
    public let share: ExactDecimal?
    /// The first day on which it holds; absent when it is not known.
    public let from: CivilDate?
    /// The first day on which it holds no longer.
    public let until: CivilDate?
    /// Who recorded it, when and why.
    public let recorded: Recording
    /// What else it says.
    public let attributes: Attributes
    /// Fields that have a value which is shown for a named purpose alone.
    public let masked: [String]
    /// What may be shown of those that are sealed: `138****5678`; no value where the key of the record is destroyed.
    public let masks: [String: [String]]
    /// Who ended the belief in it, when and why; told by its history alone.
    public private(set) var ended: Recording?

    /// Makes a statement of its parts.
    public init(
        number: Int64,
        type: String,
        subject: String,
        object: String? = nil,
        term: String? = nil,
        share: ExactDecimal? = nil,
        from: CivilDate? = nil,
        until: CivilDate? = nil,
        recorded: Recording,
        attributes: Attributes,
        masked: [String] = [],
        masks: [String: [String]] = [:],
        ended: Recording? = nil
    ) {
        self.number = number
        self.type = type
        self.subject = subject
        self.object = object
        self.term = term
        self.share = share
        self.from = from
        self.until = until
        self.recorded = recorded
        self.attributes = attributes
        self.masked = masked
        self.masks = masks
        self.ended = ended
    }

    /// The statement as a draft, to be changed and checked again.
    public var draft: StatementDraft {
        StatementDraft(
            type,
            object: object,
            term: term,
            share: share,
            from: from,
            until: until,
            attributes: attributes
        )
    }

    /// The same statement with other values.
    ///
    /// - Parameters:
    ///   - attributes: What is shown.
    ///   - masked: The fields that are kept back.
    ///   - masks: What is shown of them.
    /// - Returns: The statement.
    public func showing(
        _ attributes: Attributes,
        masked: [String] = [],
        masks: [String: [String]] = [:]
    ) -> RegistryStatement {
        RegistryStatement(
            number: number,
            type: type,
            subject: subject,
            object: object,
            term: term,
            share: share,
            from: from,
            until: until,
            recorded: recorded,
            attributes: attributes,
            masked: masked,
            masks: masks,
            ended: ended
        )
    }

    /// The same statement with the end of the belief in it.
    public func ended(by recording: Recording?) -> RegistryStatement {
        var statement = self
        statement.ended = recording
        return statement
    }

    /// The same statement without the values that are shown for a named purpose alone.
    public func masking(_ fields: [FieldDefinition]) -> RegistryStatement {
        let hidden = fields.filter { $0.privacy.isHidden && attributes[$0.code] != nil }.map(\.code)
        return showing(attributes.filter { !hidden.contains($0.key) }, masked: hidden)
    }
}
