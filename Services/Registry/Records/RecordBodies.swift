import DomainModel
import ServiceKit

/// What somebody says to make a record.
struct RecordOrder<Tag: KindTag>: Codable, Sendable {
    /// The public key; made by the registry if absent.
    let key: String?
    /// The first day on which this holds; not known if absent.
    let from: CivilDate?
    /// Why.
    let reason: String?
    /// The document that it is taken from.
    let source: Source?
    let attributes: FieldValues<Tag>
}

/// What somebody says to change a record, or to correct what is believed of it.
struct RecordPatch<Tag: KindTag>: Codable, Sendable {
    /// The first day on which it is otherwise, today if absent; of a correction, a day of the version that is wrong.
    let from: CivilDate?
    /// Whether it was believed wrongly: the version is mended, and no new one begins.
    let isCorrection: Bool?
    /// The day on which the record begins, where that was believed wrongly.
    let begins: CivilDate?
    /// Why; a correction must say it.
    let reason: String?
    /// The document that it is taken from.
    let source: Source?
    /// New values; `null` takes one away.
    let attributes: FieldValues<Tag>
}

/// A record as its kind's routes answer it.
struct RecordView<Tag: KindTag>: Codable, Sendable {
    let key: String
    let kind: RegistryKind
    let state: RecordState
    let mergedInto: String?
    let version: Int64
    let from: CivilDate?
    let until: CivilDate?
    let recorded: Recording
    let attributes: FieldValues<Tag>
    let masked: [String]
    /// Told when the record is made: those that may be about the same.
    var possibleDuplicates: [PossibleDuplicate]?
    let masks: [String: [String]]

    init(_ record: RegistryRecord) {
        key = record.key
        kind = record.kind
        state = record.state
        mergedInto = record.mergedInto
        version = record.version
        from = record.from
        until = record.until
        recorded = record.recorded
        attributes = FieldValues(record.attributes)
        masked = record.masked
        masks = record.masks
    }
}

/// What somebody says to close a record or open it again.
struct StateOrder: Codable, Sendable {
    /// The first day; today if absent.
    let from: CivilDate?
    let reason: String
}

/// What somebody says to make a statement.
struct StatementOrder: Codable, Sendable {
    let type: String
    /// The key of the record that it leads to.
    let object: String?
    let term: String?
    let share: ExactDecimal?
    let from: CivilDate?
    let until: CivilDate?
    let attributes: Attributes?
    let reason: String?
    let source: Source?

    var draft: StatementDraft {
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
}

/// What somebody says to end a statement.
struct StatementEnd: Codable, Sendable {
    /// The first day on which it holds no longer.
    let until: CivilDate
    let reason: String?
}

/// Everything around one record at one moment; ``RecordPageWriter`` writes it.
struct RecordPage: Codable, Sendable {
    let record: RegistryRecord
    /// What is said about it.
    let statements: [RegistryStatement]
    /// What is said of others and leads to it.
    let incoming: [RegistryStatement]
    /// The records at the other ends that may be seen, by key.
    let related: [RelatedName]
    /// Whether there is more than this answer holds: ask for the statements by kind.
    let isPartial: Bool
    /// What the rules conclude of it.
    let derived: [DerivedFact]
}

/// An event's data.
struct RecordEvent: Codable, Sendable {
    let key: String
    let kind: RegistryKind
    let version: Int64
}
