/// One step in the history of a field: what was believed before, and what since.
public struct FieldChange: Sendable, Hashable, Codable {
    /// The field; `state` for what became of the record.
    public let field: String
    /// The value before; absent when there was none, or when it is shown for a named purpose alone.
    public let old: AttributeValue?
    /// The value since; absent as above.
    public let new: AttributeValue?
    /// Whether the values are kept back.
    public let isMasked: Bool
    /// The first day on which the new value holds.
    public let from: CivilDate?
    /// Whether the old value is believed no longer for these days; else something happened on the first of them.
    public let isCorrection: Bool
    /// Who recorded it, when and why.
    public let recorded: Recording

    /// Makes a step of its parts.
    public init(
        field: String,
        old: AttributeValue?,
        new: AttributeValue?,
        isMasked: Bool = false,
        from: CivilDate?,
        isCorrection: Bool,
        recorded: Recording
    ) {
        self.field = field
        self.old = old
        self.new = new
        self.isMasked = isMasked
        self.from = from
        self.isCorrection = isCorrection
        self.recorded = recorded
    }

    /// The same step with other values.
    public func showing(_ old: AttributeValue?, _ new: AttributeValue?, isMasked: Bool) -> FieldChange {
        FieldChange(
            field: field,
            old: old,
            new: new,
            isMasked: isMasked,
            from: from,
            isCorrection: isCorrection,
            recorded: recorded
        )
    }

    /// The same step without its values, if the field is shown for a named purpose alone.
    public func masking(_ fields: [FieldDefinition]) -> FieldChange {
        guard fields.contains(where: { $0.code == field && $0.privacy.isHidden }) else { return self }
        return showing(nil, nil, isMasked: true)
    }
}
