public import DomainModel
public import NameForms

/// A name or public identifier of a record, to be found by.
public struct SearchName: Sendable, Hashable {
    /// The field that it comes from.
    public let field: String
    /// What is shown.
    public let text: String
    /// How it is read.
    public let kind: SearchKeys.Kind

    /// Makes a name.
    public init(field: String, text: String, kind: SearchKeys.Kind) {
        self.field = field
        self.text = text
        self.kind = kind
    }

    /// The names of a record: its name fields and public identifiers, in the order of the model.
    ///
    /// What is personal or sealed is none of them: it is found by its keyed hash alone.
    ///
    /// - Parameters:
    ///   - attributes: The values of the record.
    ///   - fields: The fields of its kind.
    ///   - kind: Its kind.
    /// - Returns: The names; none when the record has no value in any such field.
    public static func all(
        in attributes: Attributes,
        _ fields: [FieldDefinition],
        of kind: RegistryKind
    ) -> [SearchName] {
        fields.filter(isSearched).flatMap { field -> [SearchName] in
            let reading: SearchKeys.Kind = !isName(field) ? .identifier : kind == .talent ? .person : .other
            return texts(attributes[field.code]).map { SearchName(field: field.code, text: $0, kind: reading) }
        }
    }

    /// All names of a record: of its versions, of the records that it has taken up, and the keys of all of them.
    ///
    /// - Parameters:
    ///   - key: The key of the record.
    ///   - versions: Its values, the first those that it goes by.
    ///   - absorbed: Keys and values of the records that it has taken up.
    ///   - fields: The fields of its kind.
    ///   - kind: Its kind.
    /// - Returns: Each name once.
    static func all(
        of key: String,
        _ versions: [Attributes],
        absorbed: [(key: String, attributes: Attributes)],
        _ fields: [FieldDefinition],
        of kind: RegistryKind
    ) -> [SearchName] {
        var names: [SearchName] = []
        for values in versions + absorbed.map(\.attributes) {
            for name in all(in: values, fields, of: kind) where !names.contains(name) { names.append(name) }
        }
        var keys: [String] = []
        for key in [key] + absorbed.map(\.key) where !keys.contains(key) { keys.append(key) }
        return names + keys.map(SearchName.init(key:))
    }

    /// The public key of a record.
    init(key: String) { self.init(field: "key", text: key, kind: .identifier) }

    /// Whether a field has what records are found by.
    public static func isSearched(_ field: FieldDefinition) -> Bool {
        guard !field.privacy.isHidden else { return false }
        return isName(field) || field.type == .identifier && identifying.contains(field.identifier)
    }

    private static func isName(_ field: FieldDefinition) -> Bool { field.code.hasPrefix("name") }

    /// The kinds of identifier that name one thing; codes of places and trades name many.
    private static let identifying: Set<IdentifierKind?> = [
        .unifiedSocialCreditCode, .orcid, .isni, .lei, .doi, .patent,
    ]

    private static func texts(_ value: AttributeValue?) -> [String] {
        switch value {
        case .text(let text): [text]
        case .list(let values): values.compactMap(\.text)
        default: []
        }
    }
}

/// The names of one record, and where it lies.
public struct SearchSubject: Sendable, Hashable {
    /// The row number of the record.
    public let record: Int64
    /// What the record is.
    public let kind: RegistryKind
    /// The row number of its region; `nil` when it lies in none.
    public let region: Int32?
    /// Its names, the first the one to be shown.
    public let names: [SearchName]

    /// Makes a subject; no names take the record out of the search.
    public init(record: Int64, kind: RegistryKind, region: Int32?, names: [SearchName]) {
        self.record = record
        self.kind = kind
        self.region = region
        self.names = names
    }
}
