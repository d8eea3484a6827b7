public import DomainModel
import PostgresClient

/// What a list asks of a field, with values as they are stored.
public struct FieldCondition: Sendable {
    /// The field.
    public let field: FieldDefinition
    /// How it is compared.
    public let comparison: FieldComparison.Operator
    /// With what.
    public let values: [AttributeValue]

    /// Makes a comparison of its parts, which fit each other.
    public init(_ field: FieldDefinition, _ comparison: FieldComparison.Operator, _ values: [AttributeValue]) {
        self.field = field
        self.comparison = comparison
        self.values = values
    }

    /// SQL that says that the attributes of the table `version` fulfil it.
    ///
    /// The kind of record is known by then, so that each value is of the field's type.
    func sql(_ conditions: inout ListConditions) throws -> String {
        switch comparison {
        case .eq, .in: return "(\(try held(&conditions)))"
        case .ne: return "(\(try held(&conditions))) IS NOT TRUE"
        case .empty, .given, .lt, .lte, .gt, .gte, .contains: return compared(&conditions)
        }
    }

    private func compared(_ conditions: inout ListConditions) -> String {
        let name = "\(conditions.bind(field.code))::text"
        switch comparison {
        case .eq, .ne, .in: return "false"
        case .empty: return "NOT version.attributes ? \(name)"
        case .given: return "version.attributes ? \(name)"
        case .lt, .lte, .gt, .gte:
            let value = conditions.bind(values.first?.spelling ?? "")
            // Days are compared as they are written: year first.
            let (left, right) =
                field.type == .date
                ? ("(version.attributes->>\(name)) COLLATE \"C\"", "\(value)::text")
                : ("(version.attributes->>\(name))::numeric", "\(value)::text::numeric")
            return "\(left) \(sign) \(right)"
        case .contains:
            let value = conditions.bind(values.first?.spelling ?? "")
            return "strpos(lower(version.attributes->>\(name)), lower(\(value)::text)) > 0"
        }
    }

    private var sign: String {
        switch comparison {
        case .lt: "<"
        case .lte: "<="
        case .gt: ">"
        case .gte: ">="
        default: "="
        }
    }

    /// One of the values is the field's, or one of its values; of a term also those below it.
    private func held(_ conditions: inout ListConditions) throws -> String {
        var terms: [String] = []
        for value in values {
            if let vocabulary = field.vocabulary, case .text(let term) = value {
                let narrower = conditions.narrower(term, in: vocabulary)
                terms.append("version.attributes->\(conditions.bind(field.code))::text ?| \(narrower)")
                continue
            }
            let stored = field.isMany ? AttributeValue.list([value]) : value
            let text = conditions.bind(try CanonicalJSON.text([field.code: stored]))
            terms.append("version.attributes @> \(text)::text::jsonb")
        }
        return terms.isEmpty ? "false" : terms.joined(separator: " OR ")
    }
}
