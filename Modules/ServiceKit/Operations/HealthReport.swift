/// The answer to one question about the health of a service.
public struct HealthReport: Sendable {
    /// A number or a text that an operator looks at.
    public enum Figure: Sendable, Hashable, Codable, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
        /// A number, in the unit that its name says.
        case number(Double)
        /// A text, without secrets.
        case text(String)

        /// A number.
        public init(integerLiteral value: Int) { self = .number(Double(value)) }
        /// A text.
        public init(stringLiteral value: String) { self = .text(value) }

        /// Reads a JSON number or string.
        public init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else {
                self = .text(try container.decode(String.self))
            }
        }

        /// Writes a JSON number or string.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .number(let value) where value == value.rounded() && abs(value) < 1e15:
                try container.encode(Int64(value))
            case .number(let value): try container.encode(value)
            case .text(let text): try container.encode(text)
            }
        }
    }

    /// What is the matter, in English and without secrets; `nil` when all is well.
    public let trouble: String?
    /// What was measured, by name with its unit: `freeBytes`.
    public let figures: [String: Figure]

    /// Makes a report.
    public init(trouble: String? = nil, figures: [String: Figure] = [:]) {
        self.trouble = trouble
        self.figures = figures
    }
}
