/// What a list asks of a field: `founded_on:gte:2020-01-01`.
public struct FieldComparison: Sendable, Hashable {
    /// How a value is compared. Raw values stand in requests and saved lists.
    public enum Operator: String, Sendable, CaseIterable {
        /// It is the value; of many values, one of them is.
        case eq
        /// It is another value, or none.
        case ne
        /// It is one of several values, with commas between them.
        case `in`
        /// It is less, or an earlier day.
        case lt
        /// It is less or the same.
        case lte
        /// It is more, or a later day.
        case gt
        /// It is more or the same.
        case gte
        /// It has the text somewhere in it; large and small letters are the same.
        case contains
        /// There is no value.
        case empty
        /// There is a value.
        case given

        /// Whether it compares with nothing.
        public var isAlone: Bool { self == .empty || self == .given }
    }

    /// The field's code.
    public let code: String
    /// How it is compared.
    public let comparison: Operator
    /// With what; several for ``Operator/in``, none for ``Operator/empty`` and ``Operator/given``.
    public let values: [String]

    /// Makes a comparison of its parts.
    public init(_ code: String, _ comparison: Operator, _ values: [String] = []) {
        self.code = code
        self.comparison = comparison
        self.values = values
    }

    /// Reads `field:operator:value`; `nil` for another form, or an operator that there is not.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count > 1, FieldDefinition.isCode(parts[0]), let comparison = Operator(rawValue: parts[1]) else {
            return nil
        }
        guard comparison.isAlone == (parts.count == 2) else { return nil }
        let value = parts.count == 3 ? parts[2] : ""
        let several = value.split(separator: ",").map(String.init)
        self.init(parts[0], comparison, comparison.isAlone ? [] : comparison == .in ? several : [value])
        if !comparison.isAlone, values.isEmpty || values[0].isEmpty { return nil }
    }

    /// As it is asked.
    public var text: String {
        ([code, comparison.rawValue] + (values.isEmpty ? [] : [values.joined(separator: ",")])).joined(separator: ":")
    }
}

extension FieldDefinition {
    /// How the field can be compared; not at all where it is about a person.
    public var operators: [FieldComparison.Operator] {
        if privacy.isHidden { return [] }
        let always: [FieldComparison.Operator] = [.eq, .ne, .in, .empty, .given]
        if isMany { return always }
        return switch type {
        case .integer, .decimal, .date, .year: always + [.lt, .lte, .gt, .gte]
        case .text, .identifier, .url: always + [.contains]
        case .boolean: [.eq, .ne, .empty, .given]
        case .term, .choice, .region, .mail, .telephone: always
        }
    }
}
