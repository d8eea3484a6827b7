/// A JSON value that has exactly one spelling.
///
/// Source: RFC 8785 (JSON Canonicalization Scheme), without fractions: numbers are whole and of at most 53 bits, as its
/// appendix D advises for all others to be texts. So no number depends on how a program prints a floating point.
public enum CanonicalValue: Sendable, Hashable {
    /// `null`.
    case null
    /// `true` or `false`.
    case boolean(Bool)
    /// A whole number of −(2⁵³−1)…2⁵³−1.
    case integer(Int64)
    /// A text.
    case text(String)
    /// A list; its order counts.
    case array([CanonicalValue])
    /// Members by name; their order does not count.
    case object([String: CanonicalValue])

    /// The largest whole number that every reader of JSON keeps exactly. Source: RFC 7493 §2.2.
    public static let largestInteger: Int64 = (1 << 53) - 1

    /// A whole number: as a number where every reader keeps it, else as a text.
    public static func count(_ value: Int64) -> CanonicalValue {
        value.magnitude <= UInt64(largestInteger) ? .integer(value) : .text(String(value))
    }

    /// A member of an object, or `nil`.
    public subscript(name: String) -> CanonicalValue? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    /// The text, or `nil` when it is something else.
    public var text: String? {
        if case .text(let text) = self { text } else { nil }
    }

    /// The whole number, or `nil` when it is something else.
    public var integer: Int64? {
        if case .integer(let value) = self { value } else { nil }
    }
}

extension CanonicalValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// A text.
    public init(stringLiteral value: String) { self = .text(value) }
    /// A whole number.
    public init(integerLiteral value: Int64) { self = .count(value) }
    /// A boolean.
    public init(booleanLiteral value: Bool) { self = .boolean(value) }
    /// A list.
    public init(arrayLiteral elements: CanonicalValue...) { self = .array(elements) }
    /// An object; of two members with a name the last one holds.
    public init(dictionaryLiteral elements: (String, CanonicalValue)...) {
        self = .object(Dictionary(elements) { _, last in last })
    }
}

extension CanonicalValue: Codable {
    /// Decodes any JSON without fractions.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .count(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([CanonicalValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: CanonicalValue].self))
        }
    }

    /// Encodes the value as JSON.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .boolean(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .array(let elements): try container.encode(elements)
        case .object(let members): try container.encode(members)
        }
    }
}
