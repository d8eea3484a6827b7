/// What records and statements may hold: the fields of each kind, and the kinds of statements.
///
/// One engine keeps all kinds: storage, import, history, interfaces and documentation read this model, whether a field
/// comes with the platform (``standard``) or was added by an office.
public struct RecordModel: Sendable {
    /// The fields of each kind of record, in the order in which they are shown.
    public private(set) var fields: [RegistryKind: [FieldDefinition]]
    /// The kinds of statements, in the order in which they are shown.
    public private(set) var statements: [StatementDefinition]

    private var fieldIndex: [RegistryKind: [String: FieldDefinition]] = [:]
    private var statementIndex: [String: StatementDefinition] = [:]

    /// Makes a model of its parts.
    public init(fields: [RegistryKind: [FieldDefinition]], statements: [StatementDefinition]) {
        self.fields = fields
        self.statements = statements
        for (kind, list) in fields {
            fieldIndex[kind] = Dictionary(list.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        }
        statementIndex = Dictionary(statements.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The model that comes with the platform.
    public static let standard = RecordModel(
        fields: [
            .talent: talentFields, .team: teamFields, .enterprise: enterpriseFields,
            .organisation: organisationFields, .platform: platformFields, .project: projectFields,
            .achievement: achievementFields, .programme: programmeFields, .award: awardFields,
            .support: supportFields,
        ],
        statements: personStatements + careerStatements + enterpriseStatements + platformStatements
            + projectStatements + achievementStatements + supportStatements + planningStatements
    )

    /// What the codes of added fields begin with, so that none takes a name that the platform uses later.
    public static let customPrefix = "x_"

    /// The same model with fields that an office has added.
    public func adding(_ added: [RegistryKind: [FieldDefinition]]) -> RecordModel {
        RecordModel(fields: fields.merging(added) { $0 + $1 }, statements: statements)
    }

    /// The fields of a kind.
    public func fields(of kind: RegistryKind) -> [FieldDefinition] { fields[kind] ?? [] }

    /// A field of a kind.
    public func field(_ code: String, of kind: RegistryKind) -> FieldDefinition? { fieldIndex[kind]?[code] }

    /// A kind of statement.
    public func statement(_ code: String) -> StatementDefinition? { statementIndex[code] }

    /// The fields that name a record of a kind; one of them must be given.
    public static func names(of kind: RegistryKind) -> [String] {
        kind == .talent ? ["name_zh", "name_foreign"] : ["name_zh", "name_en"]
    }
}
