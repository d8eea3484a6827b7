import DomainModel

/// What is sent to make a record.
struct RecordOrder: Encodable {
    let key: String?
    let from: CivilDate?
    let reason: String?
    let source: Source?
    let attributes: [String: AttributeValue?]
}

/// What is sent to change or correct a record; `nil` takes a value away.
struct RecordPatch: Encodable {
    let from: CivilDate?
    let isCorrection: Bool?
    var begins: CivilDate?
    let reason: String?
    let source: Source?
    let attributes: [String: AttributeValue?]
}

/// What is sent to close a record or open it again.
struct StateOrder: Encodable {
    let from: CivilDate?
    let reason: String
}

/// What is sent to make a statement, or to say what it should have been.
struct StatementOrder: Encodable {
    let type: String
    let object: String?
    let term: String?
    let share: ExactDecimal?
    let from: CivilDate?
    let until: CivilDate?
    let attributes: Attributes?
    let reason: String?
    let source: Source?
}

/// What is sent to end a statement.
struct StatementEnding: Encodable {
    let until: CivilDate
    let reason: String?
}

/// What is sent to say that something is otherwise from a day on.
struct StatementTurn: Encodable {
    let from: CivilDate
    let term: String?
    let share: ExactDecimal?
    let until: CivilDate?
    let attributes: Attributes?
    let reason: String?
    let source: Source?
}

/// What is sent to add a field.
struct FieldOrder: Encodable {
    let kind: RegistryKind
    let field: FieldDefinition
}
