public import DomainModel

/// Seals and opens the personal values among attributes, as the model declares them.
///
/// Pure: whoever uses it keeps the keys and the entries of the index beside the records.
public struct Sealer: Sendable {
    /// The keys outside of the database.
    public let masters: MasterKeys
    private let index: BlindIndex
    private let fields: [SealedPlace: [FieldDefinition]]

    /// Makes a sealer.
    ///
    /// - Parameters:
    ///   - masters: The keys outside of the database.
    ///   - model: Which fields are sealed.
    public init(_ masters: MasterKeys, _ model: RecordModel) {
        self.masters = masters
        index = BlindIndex(masters)
        let places =
            RegistryKind.allCases.map { SealedPlace.record($0) }
            + model.statements.map { SealedPlace.statement($0.code) }
        fields = Dictionary(
            uniqueKeysWithValues: places.map { ($0, $0.fields(in: model).filter { $0.privacy == .sealed }) }
        )
        .filter { !$0.value.isEmpty }
    }

    /// What the key of a record is bound to: `talent/T-7`.
    public static func name(of kind: RegistryKind, _ key: String) -> String { "\(kind.rawValue)/\(key)" }

    /// Whether any of the attributes is of a sealed field.
    public func concerns(_ attributes: Attributes, _ place: SealedPlace) -> Bool {
        fields[place]?.contains { attributes[$0.code] != nil } ?? false
    }

    /// The attributes with their personal values sealed.
    ///
    /// - Parameters:
    ///   - attributes: Checked values, in the clear.
    ///   - place: Where they stand.
    ///   - key: The key of the record.
    ///   - known: Sealed attributes of the same place and record: a value that stands there keeps its text, so that
    ///     nothing changes for nothing.
    /// - Returns: The attributes as they are stored.
    public func seal(
        _ attributes: Attributes,
        _ place: SealedPlace,
        by key: RecordKey,
        keeping known: [Attributes] = []
    ) -> Attributes {
        var sealed = attributes
        for field in fields[place] ?? [] {
            guard let value = attributes[field.code] else { continue }
            let name = place.name(of: field.code)
            var texts: [String: String] = [:]
            for text in known.flatMap({ Self.texts($0[field.code]) }) {
                if let plain = Self.open(text, name, by: key) { texts[plain] = text }
            }
            let values = Self.texts(value).map { plain in
                AttributeValue.text(texts[plain] ?? SealedText.text(of: key.seal(plain, field: name)))
            }
            if case .list = value { sealed[field.code] = .list(values) } else { sealed[field.code] = values.first }
        }
        return sealed
    }

    /// The attributes with their personal values in the clear; what the key does not open is left out.
    public func open(_ attributes: Attributes, _ place: SealedPlace, by key: RecordKey) -> Attributes {
        var opened = attributes
        for field in fields[place] ?? [] {
            guard let value = attributes[field.code] else { continue }
            let name = place.name(of: field.code)
            let texts = Self.texts(value)
            let values = texts.compactMap { Self.open($0, name, by: key) }.map { Self.restored($0, field) }
            if case .list = value, !values.isEmpty || texts.isEmpty {
                opened[field.code] = .list(values)
            } else {
                opened[field.code] = values.first
            }
        }
        return opened
    }

    /// What personal values in the clear are found by.
    public func entries(_ attributes: Attributes, _ place: SealedPlace) -> [BlindEntry] {
        (fields[place] ?? []).flatMap { field in
            Self.texts(attributes[field.code]).map { entry(of: $0, field, place) }
        }
    }

    /// What one value of a field is found by, in whatever way it is written.
    public func entry(of value: String, _ field: FieldDefinition, _ place: SealedPlace) -> BlindEntry {
        let name = place.name(of: field.code)
        return BlindEntry(field: name, hash: index.hash(value, field: name, kind: field.personalKind))
    }

    /// What is shown of personal values in the clear to who has stated no purpose, by field.
    public func masks(_ attributes: Attributes, _ place: SealedPlace) -> [String: [String]] {
        var masks: [String: [String]] = [:]
        for field in fields[place] ?? [] where attributes[field.code] != nil {
            masks[field.code] = Self.texts(attributes[field.code]).map(field.personalKind.masked)
        }
        return masks
    }

    private static func open(_ text: String, _ name: String, by key: RecordKey) -> String? {
        SealedText.bytes(of: text).flatMap { try? key.open($0, field: name) }
    }

    /// The texts of a value: numbers and such are sealed in their one spelling.
    private static func texts(_ value: AttributeValue?) -> [String] {
        switch value {
        case nil: []
        case .list(let values): values.map(\.spelling)
        case .some(let value): [value.spelling]
        }
    }

    private static func restored(_ text: String, _ field: FieldDefinition) -> AttributeValue {
        switch field.type {
        case .integer, .year: Int64(text).map { .integer($0) } ?? .text(text)
        case .boolean: .boolean(text == "true")
        default: .text(text)
        }
    }
}
