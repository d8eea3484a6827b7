import DomainModel

/// How a file names a record that is there: by its key, or by a field that identifies it and its value, `uscc:9133…`.
struct RecordReference {
    private let identifiers: [String: FieldDefinition]
    private let facts: RecordFacts

    init(_ model: RecordModel, _ facts: RecordFacts) {
        self.facts = facts
        let fields = RegistryKind.allCases.flatMap { model.fields(of: $0) }
            .filter { $0.type == .identifier && !$0.privacy.isHidden && !$0.isMany }
        identifiers = Dictionary(fields.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The codes of the fields that name a record; none of them is about a person.
    var codes: [String] { identifiers.keys.sorted() }

    /// The reference in the spelling that values are stored in; as it is given where it is wrong.
    func canonical(_ given: String) -> String {
        guard let colon = given.firstIndex(of: ":"), let field = identifiers[String(given[..<colon])] else {
            return given
        }
        let value = try? field.read(.text(String(given[given.index(after: colon)...])), facts)
        return value?.text.map { "\(field.code):\($0)" } ?? given
    }
}
