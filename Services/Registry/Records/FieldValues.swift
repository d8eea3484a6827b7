import DomainModel
import ServiceKit

/// The values of a record's fields, documented field by field.
struct FieldValues<Tag: KindTag>: Codable, Sendable {
    /// By field; `nil` where JSON has `null`, which takes a value away.
    let values: [String: AttributeValue?]

    init(_ attributes: Attributes) { values = attributes.mapValues { $0 } }

    init(from decoder: any Decoder) throws {
        values = try decoder.singleValueContainer().decode([String: AttributeValue?].self)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(values.compactMapValues(\.self))
    }
}

extension FieldValues: SchemaDescribing {
    static var schema: ValueSchema {
        let members = RecordModel.standard.fields(of: Tag.kind).map { field in (field.code, ValueSchema(of: field)) }
        return .object("The fields of the kind; others begin with x_ and stand in /v1/record-model", members)
    }

    static var sample: FieldValues { FieldValues([:]) }
}

extension ValueSchema {
    /// What a field's value looks like.
    init(of field: FieldDefinition) {
        let label = "\(field.label.en) · \(field.label.zh)"
        let meaning = field.unit.map { "\(label) (\($0))" } ?? label
        let one: ValueSchema =
            switch field.type {
            case .boolean: .boolean(meaning)
            case .integer, .year: .integer(meaning)
            case .choice: .choice(meaning, field.choices.map(\.code))
            case .date: .texts(meaning, example: "2021-06-30", [.format("date")])
            case .decimal: .texts(meaning, example: "12.5", [.pattern(#"^-?[0-9]{1,24}(\.[0-9]{1,12})?$"#)])
            case .url: .texts(meaning, example: "https://example.org/", [.format("uri")])
            default: .texts(meaning, example: "…", field.pattern.map { [.pattern("^(?:\($0))$")] } ?? [])
            }
        self = field.isMany ? .list(of: one) : one
    }
}
