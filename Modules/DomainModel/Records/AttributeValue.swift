/// The value of a field, as it is stored and as it stands in JSON.
///
/// Decimals, days and codes are texts in one spelling each, so that equal values are equal texts.
public enum AttributeValue: Sendable, Hashable {
    /// A text, decimal, day, code, …
    case text(String)
    /// A whole number.
    case integer(Int64)
    /// Yes or no.
    case boolean(Bool)
    /// The values of a field that holds many.
    case list([AttributeValue])

    /// The text; `nil` for anything else.
    public var text: String? {
        if case .text(let text) = self { text } else { nil }
    }

    /// The value as people write it, for messages.
    public var spelling: String {
        switch self {
        case .text(let text): text
        case .integer(let value): String(value)
        case .boolean(let value): String(value)
        case .list(let values): values.map(\.spelling).joined(separator: "; ")
        }
    }
}

/// The values of a record or statement by the codes of their fields.
public typealias Attributes = [String: AttributeValue]

extension AttributeValue: Codable {
    /// Reads a JSON text, whole number, boolean, or array of them.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let values = try? container.decode([AttributeValue].self) {
            self = .list(values)
        } else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "expected a text, a whole number, true, false, or an array of them"
            )
        }
    }

    /// Writes the JSON value.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .integer(let value): try container.encode(value)
        case .boolean(let value): try container.encode(value)
        case .list(let values): try container.encode(values)
        }
    }
}
