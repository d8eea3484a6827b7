import DomainModel

/// How numbers and calculations are written in the steps of a finding.
enum Formula {
    /// The number with a true minus sign.
    static func text(_ value: ExactDecimal) -> String {
        value.isNegative ? "−\(value.magnitude)" : value.description
    }

    /// The number as a term after an operator: in parentheses when negative.
    static func term(_ value: ExactDecimal) -> String {
        value.isNegative ? "(\(text(value)))" : text(value)
    }

    /// `a − b`.
    static func difference(_ a: ExactDecimal, _ b: ExactDecimal) -> String {
        "\(text(a)) − \(term(b))"
    }

    /// The number with its bound: `≥1000`.
    static func text(_ value: ExactDecimal, _ comparator: Comparator) -> String {
        switch comparator {
        case .equal: text(value)
        case .atLeast: "≥\(text(value))"
        case .moreThan: ">\(text(value))"
        case .atMost: "≤\(text(value))"
        case .lessThan: "<\(text(value))"
        case .about: "≈\(text(value))"
        }
    }
}
