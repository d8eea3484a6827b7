/// One record of the registry, as it holds on a day and as it was believed at an instant.
public struct RegistryRecord: Sendable, Hashable, Codable {
    /// The public key; it survives a merge.
    public let key: String
    /// What it is.
    public let kind: RegistryKind
    /// What became of it.
    public let state: RecordState
    /// The key of the record that took it up.
    public let mergedInto: String?
    /// Which recording changed it last: the version that `If-Match` names.
    public let version: Int64
    /// The first day on which these values hold; absent when it is not known.
    public let from: CivilDate?
    /// The first day on which they hold no longer.
    public let until: CivilDate?
    /// Who recorded these values, when and why.
    public let recorded: Recording
    /// The values by field.
    public let attributes: Attributes
    /// Fields that have a value which is shown for a named purpose alone.
    public let masked: [String]
    /// What may be shown of those that are sealed: `138****5678`; no value where the key of the record is destroyed.
    public let masks: [String: [String]]

    /// Makes a record of its parts.
    public init(
        key: String,
        kind: RegistryKind,
        state: RecordState,
        mergedInto: String? = nil,
        version: Int64,
        from: CivilDate?,
        until: CivilDate? = nil,
        recorded: Recording,
        attributes: Attributes,
        masked: [String] = [],
        masks: [String: [String]] = [:]
    ) {
        self.key = key
        self.kind = kind
        self.state = state
        self.mergedInto = mergedInto
        self.version = version
        self.from = from
        self.until = until
        self.recorded = recorded
        self.attributes = attributes
        self.masked = masked
        self.masks = masks
    }

    /// The same record with other values.
    ///
    /// - Parameters:
    ///   - attributes: What is shown.
    ///   - masked: The fields that are kept back.
    ///   - masks: What is shown of them.
    /// - Returns: The record.
    public func showing(
        _ attributes: Attributes,
        masked: [String] = [],
        masks: [String: [String]] = [:]
    ) -> RegistryRecord {
        RegistryRecord(
            key: key,
            kind: kind,
            state: state,
            mergedInto: mergedInto,
            version: version,
            from: from,
            until: until,
            recorded: recorded,
            attributes: attributes,
            masked: masked,
            masks: masks
        )
    }

    /// The same record without the values that are shown for a named purpose alone.
    public func masking(_ fields: [FieldDefinition]) -> RegistryRecord {
        let hidden = fields.filter { $0.privacy.isHidden && attributes[$0.code] != nil }.map(\.code)
        return showing(attributes.filter { !hidden.contains($0.key) }, masked: hidden)
    }
}
